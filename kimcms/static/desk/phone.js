// On every page of the newsroom: what lies on this phone goes on its way, is listed, and is taken
// away when its person signs out.
import { account, arrived } from "./arrived.js";
import { moment, sentence } from "./said.js";
import { deliver } from "./send.js";
import { addressOf, isUnsent, titleOf } from "./sheet.js";
import { alone, drop, forget, get, owned, put, remove } from "./store.js";

const CLEAN = 20; // texts that the server has, kept for the time without a connection
const AGAIN = 15_000; // ms

const away = document.body.dataset.ruang === undefined; // the page without a connection

if (account) begin().catch((problem) => console.warn("nothing is kept on this phone", problem));

async function begin() {
  for (const form of document.querySelectorAll("form[data-sign-out]")) leaving(form);
  await arrived;
  await present();
  await trim();
  await list();
  addEventListener("online", work);
  navigator.connection?.addEventListener?.("change", work);
  document.addEventListener("visibilitychange", () => document.hidden || work());
  await work();
}

// Who works here, for the page without a connection: the KIM that was written for last comes first.
async function present() {
  const { ruang, luring } = document.body.dataset;
  if (away) return;
  // An app on the home screen may ask that its texts stay when room gets scarce.
  if (matchMedia("(display-mode: standalone)").matches) navigator.storage?.persist?.();
  const kims = JSON.parse(ruang);
  const written = document.querySelector("form[data-keep]")?.dataset.kim;
  const last = written || (await get("phone", "who"))?.kims[0]?.slug;
  kims.sort((one, other) => (other.slug === last) - (one.slug === last));
  await put("phone", { name: "who", account, kims });
  if (luring !== undefined && navigator.serviceWorker) await navigator.serviceWorker.register("/sw.js", { type: "module" });
}

let running = false;

// Sends what no open editor has in hand, and tries again as long as something waits.
async function work() {
  if (running) return;
  running = true;
  let waits = false;
  for (const sheet of (await owned("sheets", account)).filter(isUnsent)) {
    if (sheet.stuck) continue;
    const outcome = await alone(`buka-${sheet.id}`, () => deliver(sheet.id));
    if (outcome && ["wait", "wifi"].includes(outcome.state)) waits = true;
    if (outcome && ["signin", "other"].includes(outcome.state)) break;
  }
  running = false;
  await list();
  if (waits) setTimeout(work, AGAIN);
}

async function list() {
  const shelf = document.querySelector("[data-on-phone]");
  if (!shelf) return;
  const all = await owned("sheets", account);
  const rows = away ? all : all.filter(isUnsent);
  shelf.hidden = !rows.length;
  shelf.querySelector("ul").replaceChildren(...rows.map(row));
}

function row(sheet) {
  const line = document.querySelector("template[data-phone-row]").content.cloneNode(true);
  const link = line.querySelector("a");
  link.href = addressOf(sheet);
  link.textContent = titleOf(sheet) || sentence("untitled");
  const said = { said: sheet.stuck?.said, at: sheet.saved };
  line.querySelector("[data-state]").textContent = sentence(`phone-${stateOf(sheet)}`, said);
  line.querySelector("[data-when]").textContent = moment(sheet.changed);
  return line;
}

function stateOf(sheet) {
  if (sheet.stuck) return sheet.stuck.stale ? "stale" : "stuck";
  if (sheet.wish) return "queued";
  return isUnsent(sheet) ? "wait" : "sent";
}

// What the server has is only good for reading on: the newest few of it stay, each item once.
async function trim() {
  const seen = new Set();
  for (const sheet of await owned("sheets", account)) {
    if (isUnsent(sheet)) continue;
    if (sheet.sent || seen.has(sheet.article) || seen.size >= CLEAN) {
      await alone(`buka-${sheet.id}`, () => drop(sheet.id, account));
    }
    seen.add(sheet.article);
  }
}

function leaving(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const rows = await owned("sheets", account).catch(() => []);
    const unsent = rows.filter(isUnsent).length;
    if (!unsent) return leave(form);
    const dialog = document.getElementById("dialog-keluar");
    dialog.querySelector("[data-unsent]").textContent = sentence("leaving", { n: unsent });
    dialog.querySelector("[data-close]").onclick = () => dialog.close();
    dialog.querySelector("form").onsubmit = () => leave(form);
    dialog.showModal();
  });
}

async function leave(form) {
  await forget(account).then(() => remove("phone", "who")).catch(() => {});
  form.submit();
}
