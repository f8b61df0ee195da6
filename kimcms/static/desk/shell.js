// The page without a connection: knows nobody until it has asked the phone who works here.
import { sentence } from "./said.js";
import { get, newKey, owned } from "./store.js";

const part = (name) => document.querySelector(`[data-shell-${name}]`);
const WRITES = /^\/k\/([^/]+)\/berita\/(?:baru|(\d+)\/ubah)$/;
const AGAIN = 5_000; // ms

begin();

async function begin() {
  const who = await get("phone", "who").catch(() => null);
  if (!who) return listed(null, "nobody");
  document.body.dataset.akun = who.account;
  const [, kim, article] = location.pathname.match(WRITES) || [];
  const mine = who.kims.find((one) => one.slug === kim);
  if (!mine) return listed(who, "somebody");
  if (article && !(await lies(who.account, Number(article)))) return listed(who, "missing");
  write(who, mine, article);
  await import("./phone.js");
  await import("./editor.js");
}

// A connection that says it is there may still lead nowhere.
async function again() {
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
}

async function lies(account, article) {
  return (await owned("sheets", account)).some((sheet) => sheet.article === article);
}

async function listed(who, said) {
  part("list").hidden = false;
  part(said).hidden = false;
  addEventListener("online", again);
  setInterval(again, AGAIN);
  if (!who) return;
  const rows = who.kims.map(({ slug, name }) => {
    const line = part("room").content.cloneNode(true);
    line.querySelector("a").href = `/k/${slug}/berita/baru?lembar=baru`;
    line.querySelector("[data-name]").textContent = `${sentence("write")}, ${name}`;
    return line;
  });
  part("rooms").replaceChildren(...rows);
  await import("./phone.js");
}

function write(who, kim, article) {
  const form = document.querySelector("form[data-keep]");
  const folder = `/k/${kim.slug}/berita/`;
  form.dataset.kim = kim.slug;
  form.dataset.article = article || "";
  form.setAttribute("action", article ? `${folder}${article}/simpan` : folder);
  for (const button of form.querySelectorAll("[formaction]")) {
    const step = button.getAttribute("formaction");
    button.setAttribute("formaction", article ? `${folder}${article}/${step || "simpan"}` : folder + step);
  }
  form.elements.namedItem("akun").value = who.account;
  form.elements.namedItem("kunci").value = newKey();
  const pattern = document.querySelector(`template[data-pattern="${new URLSearchParams(location.search).get("pola")}"]`);
  if (pattern && !article) {
    form.elements.namedItem("isi").value = pattern.innerHTML;
    form.elements.namedItem("format").value = "html";
  }
  document.body.classList.add("writing");
  part("write").hidden = false;
}
