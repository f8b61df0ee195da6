// The rich editor over the plain text field. Where it cannot load, the field stays as it is.
import { shrunk } from "./photo.js";

const root = document.querySelector("[data-editor]");
const form = root.closest("form");
const source = form.elements.namedItem("isi");
const format = form.elements.namedItem("format");
const said = document.querySelector("template[data-said]").content;
const WORD = /[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu;

const sentence = (name) => said.querySelector(`[data-${name}]`).textContent;

const count = (text) => {
  const words = text.match(WORD)?.length ?? 0;
  root.querySelector("[data-count]").textContent = `${words} ${root.dataset.counted}.`;
};

source.addEventListener("input", () => count(source.value));
count(source.value);

try {
  start(await import("../vendor/editor.js"));
} catch (error) {
  console.warn("rich editor not available", error);
}

// What was typed before the editor arrived is taken along, as far as that can be done faithfully:
// plain paragraphs. Anything typed into an older text stays in the plain field.
function early() {
  const box = document.createElement("div");
  for (const part of source.value.split(/\n{2,}/)) {
    const paragraph = document.createElement("p");
    paragraph.textContent = part;
    box.append(paragraph);
  }
  return box.innerHTML;
}

function start(lib) {
  const typed = source.value !== source.defaultValue;
  if (typed && source.defaultValue) return;
  const focused = document.activeElement === source;
  const rich = root.querySelector("[data-rich]");
  const editor = new lib.Editor({
    element: rich,
    extensions: extensions(lib),
    content: typed
      ? early()
      : format.value === "html" ? source.value : root.querySelector("template[data-body]").innerHTML,
    injectCSS: false,
    editorProps: {
      attributes: {
        id: "isi-kaya",
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": "isi-label",
        "aria-describedby": source.getAttribute("aria-describedby"),
      },
    },
  });

  form.autocomplete = "off"; // or a reload would put the HTML into a field for Markdown
  source.hidden = true;
  root.querySelector("[data-plain]").hidden = true;
  root.querySelector("[data-tools]").hidden = false;
  rich.hidden = false;
  document.getElementById("isi-label").addEventListener("click", () => editor.commands.focus());
  if (typed) {
    format.value = "html";
    source.value = editor.getHTML();
  }
  if (focused) editor.commands.focus("end");

  editor.on("update", () => {
    format.value = "html";
    source.value = editor.isEmpty ? "" : editor.getHTML();
    count(ownText(editor.state.doc));
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  count(ownText(editor.state.doc));
  toolbar(editor);
}

// What the cluster rule counts: not the quotations, not the captions.
function ownText(doc) {
  const parts = [];
  doc.descendants((node) => {
    if (node.type.name === "blockquote" || node.type.name === "figure") return false;
    if (node.isTextblock) parts.push(node.textContent);
    return true;
  });
  return parts.join("\n");
}

function extensions(lib) {
  const Figure = lib.Node.create({
    name: "figure",
    group: "block",
    content: "photo caption",
    isolating: true,
    draggable: true,
    parseHTML: () => [{ tag: "figure" }],
    renderHTML: () => ["figure", 0],
  });
  const Photo = lib.Node.create({
    name: "photo",
    atom: true,
    selectable: false,
    draggable: false,
    addAttributes: () => ({ src: { default: "" }, alt: { default: "" } }),
    parseHTML: () => [{ tag: 'img[src^="/media/"]' }], // of other hosts nothing is shown or kept
    renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
  });
  const Caption = lib.Node.create({
    name: "caption",
    content: "text*",
    marks: "",
    parseHTML: () => [{ tag: "figcaption" }],
    renderHTML: () => ["figcaption", 0],
  });
  return [
    lib.Document, lib.Paragraph, lib.Text, lib.Bold, lib.Italic, lib.HardBreak,
    lib.Heading.configure({ levels: [2, 3] }),
    lib.BulletList, lib.OrderedList, lib.ListItem, lib.Blockquote, lib.HorizontalRule,
    Figure, Photo, Caption, lib.History, lib.Gapcursor, lib.TrailingNode,
    lib.Link.extend({
      inclusive: false, // what is typed after a link is no part of it
      addKeyboardShortcuts() {
        return { "Mod-k": () => { document.querySelector("[data-do=link]").click(); return true; } };
      },
    }).configure({ openOnClick: false, autolink: true, defaultProtocol: "https" }),
    lib.Placeholder.configure({
      includeChildren: true,
      showOnlyCurrent: false,
      placeholder: ({ node, pos }) =>
        node.type.name === "caption" ? sentence("caption")
          : node.type.name === "paragraph" && pos === 0 ? sentence("placeholder") : "",
    }),
  ];
}

function toolbar(editor) {
  const photo = photoDialog(editor);
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

function linkDialog(editor) {
  const dialog = document.getElementById("dialog-tautan");
  const inner = dialog.querySelector("form");
  const { href, words } = inner.elements;
  const unlink = dialog.querySelector("[data-unlink]");
  const error = dialog.querySelector("[data-error]");
  closes(dialog);

  unlink.addEventListener("click", () => {
    dialog.close();
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
  });
  inner.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = addressOf(href.value);
    error.hidden = Boolean(address);
    if (!address) {
      href.setAttribute("aria-invalid", "true");
      href.focus();
      return;
    }
    dialog.close(); // first: closing gives the focus back to where it was
    const at = editor.chain().focus();
    if (editor.state.selection.empty && !editor.isActive("link")) {
      const text = words.value.trim() || href.value.trim();
      at.insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href: address } }] }).run();
    } else {
      at.extendMarkRange("link").setLink({ href: address }).run();
    }
  });
  return () => {
    const active = editor.isActive("link");
    href.value = active ? editor.getAttributes("link").href : "";
    words.value = "";
    href.removeAttribute("aria-invalid");
    error.hidden = true;
    unlink.hidden = !active;
    inner.querySelector("[data-link-words]").hidden = active || !editor.state.selection.empty;
    dialog.showModal();
    href.focus();
  };
}

// What people write as an address, as one that leads somewhere; null for what is none.
function addressOf(typed) {
  const text = typed.trim();
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  const full = /^(https?:\/\/|mailto:|tel:)/i.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(full);
    return url.protocol.startsWith("http") && !url.hostname.includes(".") ? null : full;
  } catch {
    return null;
  }
}

function photoDialog(editor) {
  const dialog = document.getElementById("dialog-foto");
  const inner = dialog.querySelector("form");
  const { foto, caption, alt } = inner.elements;
  const shown = dialog.querySelector("[data-photo-shown]");
  const error = dialog.querySelector("[data-error]");
  const progress = dialog.querySelector("[data-photo-progress]");
  const remove = dialog.querySelector("[data-photo-remove]");
  const submit = inner.querySelector("[type=submit]");
  let key = "";
  let chosen = null; // the photo in the text that is being described again
  let request = null;
  let address = null;
  closes(dialog);

  const fail = (text) => {
    error.textContent = text;
    error.hidden = !text;
  };
  const busy = (on) => {
    progress.hidden = !on;
    submit.disabled = on;
  };
  foto.addEventListener("change", () => {
    key = newKey(); // a retry of the same photo keeps it, so that it arrives once
    fail("");
    if (address) URL.revokeObjectURL(address);
    address = foto.files[0] ? URL.createObjectURL(foto.files[0]) : null;
    shown.hidden = !address;
    if (address) shown.src = address;
  });
  dialog.addEventListener("close", () => {
    request?.abort();
    request = null;
    if (address) URL.revokeObjectURL(address);
    address = null;
  });
  remove.addEventListener("click", () => {
    dialog.close();
    editor.chain().focus().deleteRange({ from: chosen.pos, to: chosen.pos + chosen.node.nodeSize }).run();
  });
  inner.addEventListener("submit", async (event) => {
    event.preventDefault();
    fail("");
    if (chosen) {
      dialog.close();
      put(chosen.node.firstChild.attrs.src, chosen);
      return;
    }
    if (!foto.files[0]) {
      fail(sentence("nofile"));
      foto.focus();
      return;
    }
    busy(true);
    try {
      const file = await shrunk(foto.files[0]);
      const answer = await send(file);
      dialog.close();
      put(answer.src, null);
    } catch (problem) {
      fail(problem.message || sentence("network"));
    } finally {
      busy(false);
    }
  });

  function put(src, old) {
    const content = {
      type: "figure",
      content: [
        { type: "photo", attrs: { src, alt: alt.value.trim() } },
        { type: "caption", content: caption.value.trim() ? [{ type: "text", text: caption.value.trim() }] : [] },
      ],
    };
    const at = editor.chain().focus();
    if (old) at.insertContentAt({ from: old.pos, to: old.pos + old.node.nodeSize }, content).run();
    else at.insertContent(content).run();
  }

  function send(file) {
    const data = new FormData();
    data.append("foto", file);
    data.append("kunci", key);
    const bar = progress.querySelector("progress");
    bar.value = 0;
    return new Promise((done, failed) => {
      request = new XMLHttpRequest();
      request.open("POST", root.dataset.upload);
      request.setRequestHeader("X-CSRFToken", form.elements.namedItem("csrf_token").value);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("load", () => {
        if (request.status === 201 && request.response) done(request.response);
        else failed(new Error(request.response?.error || sentence("network")));
      });
      request.addEventListener("error", () => failed(new Error(sentence("network"))));
      request.addEventListener("abort", () => failed(new Error("")));
      request.send(data);
    });
  }

  return () => {
    chosen = figureAt(editor);
    foto.value = "";
    caption.value = chosen ? chosen.node.lastChild.textContent : "";
    alt.value = chosen ? chosen.node.firstChild.attrs.alt : "";
    shown.hidden = !chosen;
    if (chosen) shown.src = chosen.node.firstChild.attrs.src;
    dialog.querySelector("[data-photo-file]").hidden = Boolean(chosen);
    remove.hidden = !chosen;
    fail("");
    busy(false);
    dialog.showModal();
    (chosen ? caption : foto).focus();
  };
}

// The photo in which the cursor stands, or which is selected.
function figureAt(editor) {
  const { selection } = editor.state;
  if (selection.node?.type.name === "figure") return { node: selection.node, pos: selection.from };
  for (let depth = selection.$from.depth; depth > 0; depth--) {
    const node = selection.$from.node(depth);
    if (node.type.name === "figure") return { node, pos: selection.$from.before(depth) };
  }
  return null;
}

function closes(dialog) {
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
