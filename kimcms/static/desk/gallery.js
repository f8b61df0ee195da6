// The photos of a text as one list: the main one first, then those within the text in their order.
// There is no second truth: the main one is in the fields of the form, the others are the figures
// of the rich editor, and this list shows and changes both. Photos that wait on this phone stand in
// both by their key (see sheet.js).
import { shrunk } from "./photo.js";
import { queue } from "./photos.js";
import { chooser } from "./library.js";
import { sentence } from "./said.js";
import { newKey, update } from "./store.js";
import { Failed, upload } from "./upload.js";
import { post } from "./way.js";

const NONE = { id: null, waits: null, src: "", caption: "", alt: "", credit: "" };
const idOf = (src) => Number(/^\/media\/(\d+)\//.exec(src)?.[1]) || null;

export function gallery(form, keeper, editor, waits) {
  const box = form.querySelector("[data-gallery]");
  if (box) new Gallery(box, form, keeper, editor, waits);
}

class Gallery {
  constructor(box, form, keeper, editor, waits) {
    Object.assign(this, { box, form, keeper, editor, waits });
    this.lead = box.querySelector("[data-lead]");
    this.list = box.querySelector("[data-others]");
    this.card = box.parentElement.querySelector("template[data-photo-card]").content;
    this.field = (name) => form.elements.namedItem(name);
    this.fields = { id: "foto_id", waits: "foto_antre", caption: "keterangan", alt: "alt", credit: "kredit" };
    this.leadSrc = box.querySelector(".has-photo img")?.getAttribute("src") || "";
    this.ways = new Map(); // by key: a share, or why it does not go
    this.told = new Map(); // by id: what the library says of it
    this.credit = sentence("credit-line", { name: "\u0000" }).split("\u0000");
    this.begin();
  }

  begin() {
    for (const part of this.box.querySelectorAll("[data-plain-only], .has-photo")) part.hidden = true;
    for (const part of this.box.querySelectorAll("[data-take], [data-many]")) part.hidden = false;
    const inputs = [this.field("foto"), this.box.querySelector("#ambil-foto")];
    inputs[0].multiple = true;
    for (const input of inputs) {
      input.addEventListener("change", async () => {
        const files = [...input.files];
        input.value = "";
        for (const file of files) await this.take(file);
      });
    }
    const kim = this.box.dataset.kim || this.form.dataset.kim; // the page without a connection learns it late
    this.url = `/k/${kim}/foto/kirim`;
    this.base = `/k/${kim}/media/`;
    const open = chooser(this.base, (row) => this.add({ ...NONE, ...row }));
    this.box.querySelector("[data-from-library]").addEventListener("click", open);
    this.listen(this.lead, 0);
    for (const name of Object.values(this.fields)) this.field(name).addEventListener("input", () => this.show());
    this.editor.on("update", () => this.show());
    document.addEventListener("foto", ({ detail: { key, ...way } }) => {
      this.ways.set(key, way);
      this.show();
    });
    for (const name of ["online", "offline"]) addEventListener(name, () => this.show());
    this.show();
    for (const input of inputs) if (input.files.length) input.dispatchEvent(new Event("change"));
  }

  // What there is, the main one first, even where there is none.
  items() {
    const value = (name) => this.field(this.fields[name]).value;
    const id = Number(value("id")) || null;
    const lead = { id, waits: value("waits") || null, src: id && idOf(this.leadSrc) === id ? this.leadSrc : "" };
    for (const name of ["caption", "alt", "credit"]) lead[name] = value(name);
    return [lead, ...this.figures().map(({ item }) => item)];
  }

  figures() {
    const found = [];
    this.editor.state.doc.descendants((node, pos) => {
      if (node.type.name !== "figure") return true;
      const { src, alt, waits } = node.firstChild.attrs;
      const words = this.split(node.lastChild.textContent);
      found.push({ node, pos, item: { id: waits ? null : idOf(src), waits, src, alt, ...words } });
      return false;
    });
    return found;
  }

  // A figure has one line of words below it; the photographer stands at its end.
  split(line) {
    const [before, after] = this.credit;
    const at = line.lastIndexOf(` ${before}`);
    if (at < 0 || !line.endsWith(after)) return { caption: line, credit: "" };
    const name = line.slice(at + 1 + before.length, line.length - after.length);
    return name.length > 80 ? { caption: line, credit: "" } : { caption: line.slice(0, at), credit: name };
  }

  join({ caption, credit }) {
    return credit ? `${caption} ${this.credit.join(credit)}` : caption;
  }

  setLead(item) {
    for (const [name, field] of Object.entries(this.fields)) this.field(field).value = item[name] ?? "";
    const off = this.field("hapus_foto");
    if (off) off.checked = false;
    this.leadSrc = item.src;
  }

  // The figure of a photo; empty words are no text to the editor.
  figure({ src, alt, waits, ...words }) {
    const { figure, photo, caption } = this.editor.schema.nodes;
    const line = this.join(words);
    const text = line ? this.editor.schema.text(line) : null;
    const image = photo.create({ src: waits ? "" : src, alt, waits });
    return figure.create(null, [image, caption.create(null, text)]);
  }

  // Puts items into the figures of the text, one by one; what is over goes, what lacks comes last.
  setFigures(items) {
    const { tr } = this.editor.state;
    const there = this.figures();
    there.forEach(({ node, pos }, index) => {
      const from = tr.mapping.map(pos);
      const next = items[index] && this.figure(items[index]);
      if (next?.eq(node)) return;
      if (next) tr.replaceWith(from, from + node.nodeSize, next);
      else tr.delete(from, from + node.nodeSize);
    });
    for (const item of items.slice(there.length)) {
      const last = tr.doc.lastChild;
      const empty = last?.type.name === "paragraph" && !last.content.size && tr.doc.childCount > 1;
      tr.insert(tr.doc.content.size - (empty ? last.nodeSize : 0), this.figure(item));
    }
    if (tr.docChanged) this.editor.view.dispatch(tr);
  }

  set(items) {
    const [lead, ...rest] = items;
    this.setLead(lead);
    this.setFigures(rest);
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
    this.show();
  }

  add(item) {
    const items = this.items();
    if (items[0].id || items[0].waits) items.push(item);
    else items[0] = { ...item, ...(item.caption || item.alt ? {} : this.words(items[0])) };
    this.set(items);
  }

  // What was typed for the main photo before there was one.
  words({ caption, alt, credit }) {
    return { caption, alt, credit };
  }

  // A chosen file: on the phone at once, on its way when there is one.
  async take(file) {
    this.say(sentence("working"));
    try {
      const small = await shrunk(file);
      if (this.keeper) {
        this.add({ ...NONE, waits: await this.waits.add(small) });
      } else {
        const key = newKey();
        const onprogress = (share) => this.say(sentence("way-goes", { share: Math.round(100 * share) }));
        const { id, src } = await upload(small, { url: this.url, key, onprogress });
        this.add({ ...NONE, id, src });
      }
      this.say("");
    } catch (problem) {
      this.say(problem instanceof Failed && problem.message ? problem.message : sentence("network"));
    }
  }

  say(text) {
    this.box.querySelector("[data-gallery-said]").textContent = text;
  }

  move(index, step) {
    const items = this.items();
    const to = index + step;
    if (to < 0 || to >= items.length || !this.there(items[index])) return;
    if (this.there(items[to])) [items[index], items[to]] = [items[to], items[index]];
    else items.splice(to, 1); // the empty place of the main photo
    this.set(items);
    this.say(sentence("moved", { n: to + 1 }));
    const button = this.cardOf(to).querySelector(step < 0 ? "[data-up]" : "[data-down]");
    const other = this.cardOf(to).querySelector(step < 0 ? "[data-down]" : "[data-up]");
    (button.getAttribute("aria-disabled") === "true" ? other : button).focus();
  }

  takeOff(index) {
    const items = this.items();
    items.splice(index, 1);
    this.set(items.length ? items : [NONE]);
    const next = this.cardOf(Math.min(index, items.length - 1));
    (next?.querySelector("[data-off]:not([hidden])") || this.field("foto")).focus();
  }

  there(item) {
    return Boolean(item?.id || item?.waits);
  }

  cardOf(index) {
    return index > 0 ? this.list.children[index - 1] : this.lead;
  }

  listen(card, index) {
    const on = (name, act) => card.querySelector(`[data-${name}]`).addEventListener("click", act);
    on("up", () => this.move(index, -1));
    on("down", () => this.move(index, 1));
    on("off", () => this.takeOff(index));
    on("again", () => this.keeper?.send());
    for (const radio of card.querySelectorAll("[data-face]")) {
      radio.name = `wajah-${index}`;
      radio.setAttribute("form", ""); // no part of the article's form
      radio.addEventListener("change", () => this.faces(index, radio));
    }
    for (const input of card.querySelectorAll("[data-word]")) {
      input.id = `foto-${index}-${input.dataset.word}`;
      input.previousElementSibling.htmlFor = input.id;
      input.addEventListener("input", () => {
        const rest = this.items().slice(1);
        rest[index - 1] = { ...rest[index - 1], [input.dataset.word]: input.value };
        this.setFigures(rest);
      });
    }
  }

  show() {
    const items = this.items();
    while (this.list.children.length > items.length - 1) this.list.lastElementChild.remove();
    while (this.list.children.length < items.length - 1) {
      this.list.append(this.card.cloneNode(true));
      this.listen(this.list.lastElementChild, this.list.children.length);
    }
    this.box.querySelector("[data-rest]").hidden = items.length < 2;
    const choose = sentence(this.there(items[0]) ? "more-photos" : "first-photo");
    this.box.querySelector("[data-choose]").textContent = choose;
    items.forEach((item, index) => this.showOne(item, index, items.length));
  }

  showOne(item, index, count) {
    const card = this.cardOf(index);
    const image = card.querySelector(index ? ".thumb" : "[data-photo-shown]");
    const address = item.waits ? this.waits.shown(item.waits) : item.src;
    if (address && image.getAttribute("src") !== address) image.src = address;
    if (!address) image.removeAttribute("src");
    if (index) {
      const place = sentence("place", { n: index + 1 });
      card.querySelector(".place").textContent = place;
      card.setAttribute("aria-label", place);
      for (const input of card.querySelectorAll("[data-word]")) {
        if (input !== document.activeElement) input.value = item[input.dataset.word];
      }
    } else {
      image.hidden = !address;
      card.querySelector("[data-lead-words]").hidden = !this.there(item) && !this.words(item).caption;
    }
    card.querySelector("[data-moves]").hidden = !this.there(item);
    card.querySelector("[data-up]").setAttribute("aria-disabled", String(index === 0));
    card.querySelector("[data-down]").setAttribute("aria-disabled", String(index === count - 1));
    this.showWay(card, item);
    this.showFaces(card, item);
  }

  showWay(card, { waits }) {
    const line = card.querySelector("[data-way]");
    line.hidden = !waits;
    if (!waits) return;
    const { share, said } = this.ways.get(waits) || {};
    const bar = line.querySelector("progress");
    bar.hidden = share === undefined || Boolean(said);
    bar.value = share ?? 0;
    const words = said || (share === undefined || !navigator.onLine
      ? sentence("way-wait") : sentence("way-goes", { share: Math.round(100 * share) }));
    const text = line.querySelector("[data-way-said]");
    if (text.textContent !== words) text.textContent = words;
    line.querySelector("[data-again]").hidden = !this.keeper || share !== undefined;
  }

  // The answer is the photo's own: asked of the library once, told to it at once.
  async showFaces(card, { id, waits }) {
    const part = card.querySelector("[data-faces]");
    part.hidden = !id && !waits;
    const name = id || waits;
    if (part.dataset.of !== String(name)) {
      part.dataset.of = String(name);
      this.mark(part, undefined, id);
    }
    if (id && !this.told.has(id)) {
      this.told.set(id, undefined);
      const row = await this.ask(id);
      if (row) this.told.set(id, row.faces);
    }
    if (part.dataset.of === String(name)) this.mark(part, this.told.get(name), id);
  }

  async ask(id) {
    const answer = await fetch(`${this.base}${id}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const row = answer?.ok ? await answer.json().catch(() => null) : null;
    // The main photo came back from this phone, or has just arrived: only its number was known.
    if (row && id === this.items()[0].id && idOf(this.leadSrc) !== id) {
      this.leadSrc = row.src;
      this.show();
    }
    return row;
  }

  mark(part, faces, id) {
    const [yes, no] = part.querySelectorAll("[data-face]");
    yes.checked = faces === true;
    no.checked = faces === false;
    const warning = faces ? sentence("face-warning") + (id ? "" : ` ${sentence("face-later")}`) : "";
    const line = part.querySelector("[data-warning]");
    if (line.textContent !== warning) line.textContent = warning;
    const way = part.querySelector("[data-blur]");
    way.hidden = !faces || !id;
    if (id) way.querySelector("a").href = `${this.base}${id}`;
  }

  async faces(index, radio) {
    const { id, waits } = this.items()[index];
    const faces = radio.value === "ya";
    const part = radio.closest("[data-faces]");
    const before = this.told.get(id || waits);
    this.told.set(id || waits, faces);
    this.mark(part, faces, id);
    try {
      if (waits) await update("photos", waits, (row) => row && { ...row, faces });
      else await this.tell(id, radio.value);
    } catch {
      this.told.set(id || waits, before);
      this.mark(part, before, id);
      part.querySelector("[data-warning]").textContent = sentence("face-lost");
    }
  }

  async tell(id, value) {
    const data = new FormData();
    data.append("wajah", value);
    const { status } = await post(`${this.base}${id}/wajah`, data, Number(this.field("akun").value));
    if (status !== 200) throw new Error("not told");
  }
}
