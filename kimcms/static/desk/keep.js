// Never lose a text: every pause is kept on the phone, and goes to the server when there is a way.
import { deliver, stateOf } from "./send.js";
import { moment, sentence } from "./said.js";
import { arrived } from "./arrived.js";
import { guard } from "./guard.js";
import { addressOf, blank, isUnsent } from "./sheet.js";
import { alone, drop, get, newKey, owned, put, update } from "./store.js";
import { check } from "./way.js";

const PAUSE = 1_000; // ms after the last key
const APART = 4_000; // ms between two autosaves on the server
const LEFT = 1_500; // ms that a page which is being left may take
const AGAIN = [3_000, 6_000, 12_000, 30_000, 60_000]; // ms until the next try without a connection
const WISHED = { wait: "queued", busy: "queued", phone: "queued", wifi: "queuedwifi" };
const OWN = new Set(["csrf_token", "kunci", "dasar", "akun", "lembar", "otomatis"]);

// Binds a form to its text on the phone. Answers with what an editor needs: `restored`, where an
// older text was put into the form, and `sheet`, its name; nothing where this phone keeps nothing.
export async function keeping(form) {
  const desk = new Keeper(form);
  try {
    await desk.begin();
  } catch (problem) {
    console.warn("nothing can be kept on this phone", problem);
    desk.show("nophone");
    guard(form);
    return null;
  }
  return desk;
}

class Keeper {
  constructor(form) {
    this.form = form;
    this.account = Number(form.elements.namedItem("akun").value);
    this.kim = form.dataset.kim;
    this.offline = form.hasAttribute("data-offline"); // the page that was not made by the server
    this.bar = form.querySelector("[data-saved]");
    this.restored = false;
    this.placed = null;
    this.dirty = false;
    this.timer = this.next = null;
    this.tries = 0;
    this.last = 0;
    this.pressing = false;
  }

  async begin() {
    await arrived;
    const asked = new URLSearchParams(location.search);
    const wanted = asked.get("lembar") ?? (asked.has("pola") ? "baru" : null);
    const article = Number(this.form.dataset.article) || null;
    const refused = this.form.hasAttribute("data-dirty"); // the server's own page, with what was typed
    const found = refused ? null : await this.find(article, wanted);
    if (found?.article && !article) return location.replace(addressOf(found));
    const named = refused && (await get("sheets", this.form.elements.namedItem("lembar").value));
    const fresh = blank(this.account, this.kim);
    this.sheet = found || (named?.account === this.account ? await this.taken(named) : fresh);
    if (this.sheet === fresh) Object.assign(fresh, { article, base: Number(this.value("dasar")) || null });
    if (!article && this.sheet === fresh) fresh.key = this.value("kunci") || fresh.key;
    // Held as long as this page lives, so that no other tab opens the same text.
    alone(`buka-${this.sheet.id}`, () => new Promise(() => {}));
    this.form.elements.namedItem("lembar").value = this.sheet.id;
    if (found) this.restore(found);
    this.listen();
    if (refused) await this.keep();
    else if (article && !found) await this.copy();
  }

  // What the server has of an item that is opened, for the time without a connection.
  async copy() {
    const html = this.form.querySelector("template[data-body]").innerHTML;
    const own = { isi: html, format: "html" };
    const fields = fieldsOf(this.form).map(([name, value]) => [name, own[name] ?? value]);
    const saved = this.bar.querySelector("time")?.textContent;
    this.sheet = { ...this.sheet, fields, saved, version: 1, settled: 1 };
    await put("sheets", this.sheet);
  }

  // The server's page says what the words on it start from: after two texts were put together that
  // is the other one.
  taken(sheet) {
    const base = Number(this.value("dasar")) || null;
    return update("sheets", sheet.id, (row) => row && { ...row, base, stuck: null });
  }

  // From now on photos that arrive are put into their places by `placed`; what waits may go.
  ready(placed) {
    this.placed = placed;
    this.send();
  }

  value(name) {
    return this.form.elements.namedItem(name)?.value;
  }

  // The text that lies on this phone for this page, and that no other tab has open.
  async find(article, wanted) {
    const all = await owned("sheets", this.account);
    for (const sheet of all) {
      if (sheet.kim !== this.kim || !(isUnsent(sheet) || this.offline)) continue;
      const here = wanted ? sheet.id === wanted : article ? sheet.article === article : !sheet.article && !sheet.wish;
      if (here && (await alone(`buka-${sheet.id}`, () => true, LEFT))) return sheet;
    }
    return null;
  }

  restore(sheet) {
    for (const [name, value] of sheet.fields) fill(this.form.elements.namedItem(name), value);
    for (const box of this.form.querySelectorAll("input[type=checkbox]")) {
      if (!OWN.has(box.name)) box.checked = sheet.fields.some(([name]) => name === box.name);
    }
    this.restored = true;
    if (!isUnsent(sheet)) return;
    const notice = document.querySelector("[data-restored]");
    notice.querySelector("[data-when]").textContent = moment(sheet.changed);
    notice.hidden = false;
    notice.querySelector("[data-another]").hidden = Boolean(sheet.article);
    const dialog = document.getElementById("dialog-buang");
    notice.querySelector("[data-throw]").addEventListener("click", () => dialog.showModal());
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.querySelector("form").addEventListener("submit", async () => {
      this.stop();
      await drop(this.sheet.id, this.account);
      location.replace(location.pathname);
    });
    this.form.dispatchEvent(new CustomEvent("restored", { detail: sheet }));
  }

  listen() {
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.addEventListener("submit", (event) => this.press(event));
    this.bar.querySelector("[data-compare]").addEventListener("click", () => this.asForm());
    this.bar.querySelector("[data-cancel]").addEventListener("click", () => this.cancel());
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.send()));
    addEventListener("online", () => this.send());
    navigator.connection?.addEventListener?.("change", () => this.send());
  }

  changed() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep().then(() => this.send()), PAUSE);
  }

  leave() {
    if (this.dirty) this.keep().then(() => this.send());
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.next);
  }

  // Writes the form down on the phone.
  async keep() {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.dirty = false;
    const fields = fieldsOf(this.form);
    try {
      this.sheet = await update("sheets", this.sheet.id, (row = this.sheet) => {
        if (JSON.stringify(row.fields) === JSON.stringify(fields)) return row;
        const stuck = row.stuck?.stale ? row.stuck : null;
        return { ...row, fields, stuck, version: row.version + 1, changed: Date.now() };
      });
      if (isUnsent(this.sheet)) this.show("phone");
      this.stay();
    } catch (problem) {
      console.warn("not kept on this phone", problem);
      this.show("nophone");
      this.dirty = true;
      guard(this.form);
    }
  }

  // A reload, or the browser after it was killed, comes back to this very text.
  stay() {
    const address = addressOf(this.sheet);
    if (location.pathname + location.search !== address) history.replaceState(null, "", address);
    if (!this.sheet.article) return;
    for (const button of this.form.querySelectorAll("[formaction]")) {
      button.setAttribute("formaction", onItem(button.getAttribute("formaction"), this.sheet));
    }
    this.form.setAttribute("action", onItem(this.form.getAttribute("action"), this.sheet));
  }

  // Sends what is kept, not too often, and again and again until it has arrived.
  async send({ pressed = false } = {}) {
    clearTimeout(this.next);
    if (this.stopped || !this.sheet.version) return null;
    const early = this.last + APART - Date.now();
    if (!pressed && early > 0) {
      this.next = setTimeout(() => this.send(), early);
      return null;
    }
    this.last = Date.now();
    const outcome = await deliver(this.sheet.id, { pressed, placed: this.placed });
    this.sheet = (await get("sheets", this.sheet.id)) || this.sheet;
    if (this.sheet.article) this.stay();
    if (outcome.answer) this.heard(outcome.answer);
    this.show(outcome.state, outcome.said);
    const again = ["wait", "wifi", "busy"].includes(outcome.state);
    if (!again) this.tries = 0;
    else this.next = setTimeout(() => this.send(), AGAIN[Math.min(this.tries++, AGAIN.length - 1)]);
    if (this.sheet.sent && !isUnsent(this.sheet) && !this.pressing) this.gone(`/k/${this.kim}/berita/${this.sheet.article}`);
    return outcome;
  }

  heard(answer) {
    this.form.elements.namedItem("dasar").value = answer.dasar;
    const verdict = this.form.querySelector("[data-verdict]");
    if (verdict) verdict.innerHTML = answer.verdict;
  }

  // A button of the form: keeps, sends, and goes on to where the form would have gone.
  async press(event) {
    if (this.asIs) return;
    event.preventDefault();
    if (this.pressing) return;
    const there = event.submitter?.getAttribute("formaction") || this.form.getAttribute("action");
    const step = there.slice(there.lastIndexOf("/") + 1);
    this.pressing = true;
    this.form.setAttribute("aria-busy", "true");
    try {
      await this.keep();
      if (this.dirty) return this.asForm(there); // the phone keeps nothing: as without this script
      if (step === "kirim") await this.wish();
      const { state } = await this.send({ pressed: true });
      if (state === "stale" || state === "stuck") this.asForm(onItem(there, this.sheet));
      else if (state === "sent") this.onward(step);
      else if (step === "lanjut-terbit") this.show("nopublish");
    } finally {
      this.pressing = false;
      this.form.removeAttribute("aria-busy");
    }
  }

  onward(step) {
    const item = `/k/${this.kim}/berita/${this.sheet.article}`;
    if (step === "kirim") this.gone(item);
    if (step === "lanjut-terbit") this.gone(`${item}/terbit`);
  }

  async gone(address) {
    this.stop();
    await drop(this.sheet.id, this.account);
    location.assign(address);
  }

  async wish() {
    this.sheet = await update("sheets", this.sheet.id, (row) => ({ ...row, wish: row.wish || newKey(), stuck: null }));
  }

  async cancel() {
    this.sheet = await update("sheets", this.sheet.id, (row) => ({ ...row, wish: null }));
    this.show("phone");
    this.send();
  }

  // Leaves it to the form and the server's page: sentences beside the fields, or both texts.
  async asForm(there = onItem(this.form.getAttribute("action"), this.sheet)) {
    try {
      this.form.elements.namedItem("csrf_token").value = await check(this.account);
    } catch (problem) {
      return this.show(stateOf(problem));
    }
    this.asIs = true;
    this.stop();
    this.form.elements.namedItem("kunci").value = this.sheet.article ? newKey() : this.sheet.key;
    this.form.elements.namedItem("dasar").value = this.sheet.base ?? "";
    this.form.setAttribute("action", there);
    this.form.submit();
  }

  show(state, said = "") {
    const quiet = state === "sent" || state === "phone";
    const wishes = Boolean(this.sheet?.wish) && state !== "sent";
    const name = wishes ? WISHED[state] || state : state;
    const words = { at: this.sheet?.saved || "", said };
    const text = sentence(`state-${name}`, words).trim();
    const line = this.bar.querySelector("[data-state]");
    if (line.textContent !== text) line.textContent = text;
    this.bar.classList.toggle("unsaved", !quiet);
    const door = this.bar.querySelector("[data-signin]");
    door.hidden = state !== "signin";
    if (!door.hidden) door.href = `/masuk?lanjut=${encodeURIComponent(addressOf(this.sheet))}`;
    this.bar.querySelector("[data-compare]").hidden = state !== "stale";
    this.bar.querySelector("[data-cancel]").hidden = !wishes;
  }
}

// The form's fields as they are sent, without files and without what belongs to one request.
function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !OWN.has(name) && !(value instanceof File));
}

function fill(field, value) {
  if (!field) return;
  if (field.type === "checkbox") field.checked = true;
  else field.value = value;
}

// An address for a new item as the same one for the item that it has become.
function onItem(address, sheet) {
  const folder = `/k/${sheet.kim}/berita/`;
  const rest = address.slice(folder.length);
  return !sheet.article || /^\d/.test(rest) ? address : `${folder}${sheet.article}/${rest || "simpan"}`;
}
