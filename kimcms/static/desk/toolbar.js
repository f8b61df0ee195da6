// The row of buttons above the text.
import { linkDialog } from "./links.js";
import { photoDialog } from "./figures.js";

export function toolbar(root, editor, photos) {
  const photo = photoDialog(root, editor, photos);
  const link = linkDialog(editor);
  const chain = () => editor.chain().focus();
  const tools = {
    bold: { run: () => chain().toggleBold().run(), on: () => editor.isActive("bold") },
    italic: { run: () => chain().toggleItalic().run(), on: () => editor.isActive("italic") },
    h2: {
      run: () => chain().toggleHeading({ level: 2 }).run(),
      on: () => editor.isActive("heading", { level: 2 }),
    },
    h3: {
      run: () => chain().toggleHeading({ level: 3 }).run(),
      on: () => editor.isActive("heading", { level: 3 }),
    },
    ul: { run: () => chain().toggleBulletList().run(), on: () => editor.isActive("bulletList") },
    ol: { run: () => chain().toggleOrderedList().run(), on: () => editor.isActive("orderedList") },
    quote: { run: () => chain().toggleBlockquote().run(), on: () => editor.isActive("blockquote") },
    link: { run: link, on: () => editor.isActive("link") },
    photo: { run: photo },
    undo: { run: () => chain().undo().run(), can: () => editor.can().undo() },
    redo: { run: () => chain().redo().run(), can: () => editor.can().redo() },
  };
  const bar = root.querySelector("[data-tools]");
  const buttons = [...bar.querySelectorAll("[data-do]")];
  for (const button of buttons) {
    // The words stay selected while a button is pressed.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => tools[button.dataset.do].run());
  }
  bar.addEventListener("keydown", (event) => walk(event, buttons));

  const show = () => {
    for (const button of buttons) {
      const tool = tools[button.dataset.do];
      if (tool.on) button.setAttribute("aria-pressed", String(tool.on()));
      // Not `disabled`: the focus would be lost when the last step has been undone.
      if (tool.can) button.setAttribute("aria-disabled", String(!tool.can()));
    }
  };
  editor.on("transaction", show);
  show();
  for (const [index, button] of buttons.entries()) button.tabIndex = index ? -1 : 0;
}

// A toolbar is one stop of the tab key; the arrows walk in it.
function walk(event, buttons) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const end = { Home: 0, End: buttons.length - 1 }[event.key];
  if (step === undefined && end === undefined) return;
  event.preventDefault();
  const here = buttons.indexOf(document.activeElement);
  const next = end ?? (here + step + buttons.length) % buttons.length;
  for (const button of buttons) button.tabIndex = -1;
  buttons[next].tabIndex = 0;
  buttons[next].focus();
}
