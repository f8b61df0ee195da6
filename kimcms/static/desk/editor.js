// The rich editor over the plain text field. Where it cannot load, the field stays as it is.
import { checks } from "./checks.js";
import { settle, Waiting } from "./figures.js";
import { keeping } from "./keep.js";
import { gallery } from "./gallery.js";
import { aboveKeyboard } from "./keyboard.js";
import { leadPhoto, wifiTick } from "./lead.js";
import { papers } from "./papers.js";
import { fromChat, fromOffice, isChat, isOffice } from "./paste.js";
import { extensions } from "./schema.js";
import { toolbar } from "./toolbar.js";

const WORD = /[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu;

const root = document.querySelector("[data-editor]");
const form = root.closest("form");
const source = form.elements.namedItem("isi");
const format = form.elements.namedItem("format");

let counted = "";
const count = (text) => {
  counted = text;
  const words = text.match(WORD)?.length ?? 0;
  root.querySelector("[data-count]").textContent = `${words} ${root.dataset.counted}.`;
};

const library = import("../vendor/editor.js"); // on its way while the phone is asked
library.catch(() => {});
const keeper = form.hasAttribute("data-keep") ? await keeping(form) : null;
papers(form);
source.addEventListener("input", () => count(source.value));
count(source.value);

let editor = null;
try {
  await start(await library);
} catch (error) {
  console.warn("rich editor not available", error);
}
if (!editor) leadPhoto(form, keeper);
if (keeper) wifiTick(form, keeper);
form.addEventListener("input", () => checks(form, counted));
form.addEventListener("change", () => checks(form, counted));
checks(form, counted);
aboveKeyboard();
keeper?.ready(arrive);

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

// What the editor begins with; null where the text has to stay in the plain field.
function beginning() {
  if (format.value === "html") return source.value;
  if (source.value === source.defaultValue) return root.querySelector("template[data-body]").innerHTML;
  return source.defaultValue || keeper?.restored ? null : early();
}

async function start(lib) {
  const content = beginning();
  if (content === null) return;
  const typed = source.value !== source.defaultValue;
  const focused = document.activeElement === source;
  const rich = root.querySelector("[data-rich]");
  const waits = new Waiting(keeper);
  await waits.load();
  editor = new lib.Editor({
    element: rich,
    extensions: extensions(lib, (key) => waits.shown(key)),
    content,
    injectCSS: false,
    editorProps: {
      transformPastedHTML: (html) => (isOffice(html) ? fromOffice(html) : html),
      handlePaste: (_view, { clipboardData }) => {
        const text = clipboardData?.getData("text/plain") ?? "";
        if (!isChat(text, clipboardData.types.includes("text/html"))) return false;
        return editor.commands.insertContent(fromChat(text));
      },
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
  toolbar(root, editor, waits);
  gallery(form, keeper, editor, waits);
}

// A photo that waited on the phone is on the server.
async function arrive(key, media) {
  if (editor) settle(editor, key, media);
  const lead = form.elements.namedItem("foto_antre");
  if (lead.value === key) {
    lead.value = "";
    if (media) form.elements.namedItem("foto_id").value = media.id;
  }
  document.dispatchEvent(new CustomEvent("foto", { detail: { key } }));
  await keeper.keep();
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
