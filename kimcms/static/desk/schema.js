// What a text may hold, as the rich editor knows it; the server's own list has the last word.
import { sentence } from "./said.js";

// `shown` gives the address under which a photo that waits on this phone can be seen here.
export function extensions(lib, shown) {
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
    addAttributes: () => ({
      src: { default: "" },
      alt: { default: "" },
      waits: {
        default: null,
        parseHTML: (image) => image.getAttribute("data-antre"),
        renderHTML: ({ waits }) => (waits ? { "data-antre": waits, src: shown(waits) } : {}),
      },
    }),
    // Of other hosts nothing is shown or kept.
    parseHTML: () => [{ tag: 'img[src^="/media/"]' }, { tag: "img[data-antre]" }],
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
