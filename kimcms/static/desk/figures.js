// Photos within the text: chosen in a dialog, shown at once, sent when there is a way.
import { shrunk } from "./photo.js";
import { queue } from "./photos.js";
import { sentence } from "./said.js";
import { waiting } from "./sheet.js";
import { get, newKey } from "./store.js";
import { upload } from "./upload.js";

// The photos of a text that wait on this phone, by key, with an address to show them under.
export class Waiting {
  constructor(keeper) {
    this.keeper = keeper;
    this.addresses = new Map();
  }

  async load() {
    for (const key of this.keeper ? waiting(this.keeper.sheet) : []) {
      const row = await get("photos", key);
      if (row) this.addresses.set(key, URL.createObjectURL(row.file));
    }
  }

  shown(key) {
    return this.addresses.get(key) ?? "";
  }

  async add(file) {
    const key = newKey();
    await queue(this.keeper.sheet, key, file);
    this.addresses.set(key, URL.createObjectURL(file));
    return key;
  }
}

// A photo has arrived: from now on the text shows the server's. Where there is none, it goes.
export function settle(editor, key, media) {
  const { tr, doc } = editor.state;
  doc.descendants((node, at, parent) => {
    if (node.type.name !== "photo" || node.attrs.waits !== key) return;
    if (media) tr.setNodeMarkup(tr.mapping.map(at), null, { ...node.attrs, src: media.src, waits: null });
    else tr.delete(tr.mapping.map(at - 1), tr.mapping.map(at - 1 + parent.nodeSize));
  });
  if (tr.docChanged) editor.view.dispatch(tr.setMeta("addToHistory", false));
}

export function photoDialog(root, editor, waits) {
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
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

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
      const { src, waits: waitsFor } = chosen.node.firstChild.attrs;
      put({ src, waits: waitsFor }, chosen);
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
      const photo = waits.keeper ? { waits: await waits.add(file) } : { src: (await send(file)).src };
      dialog.close();
      put(photo, null);
    } catch (problem) {
      if (!request?.signal.aborted) fail(problem.message || sentence("network"));
    } finally {
      busy(false);
    }
  });

  function put(photo, old) {
    const content = {
      type: "figure",
      content: [
        { type: "photo", attrs: { ...photo, alt: alt.value.trim() } },
        { type: "caption", content: caption.value.trim() ? [{ type: "text", text: caption.value.trim() }] : [] },
      ],
    };
    const at = editor.chain().focus();
    if (old) at.insertContentAt({ from: old.pos, to: old.pos + old.node.nodeSize }, content).run();
    else at.insertContent(content).run();
  }

  // At once, where this phone keeps nothing.
  function send(file) {
    request = new AbortController();
    const bar = progress.querySelector("progress");
    bar.value = 0;
    const onprogress = (share) => { bar.value = 100 * share; };
    return upload(file, { url: root.dataset.upload, key, onprogress, signal: request.signal });
  }

  return () => {
    chosen = figureAt(editor);
    foto.value = "";
    caption.value = chosen ? chosen.node.lastChild.textContent : "";
    const old = chosen?.node.firstChild.attrs;
    alt.value = old ? old.alt : "";
    shown.hidden = !chosen;
    if (chosen) shown.src = old.waits ? waits.shown(old.waits) : old.src;
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
