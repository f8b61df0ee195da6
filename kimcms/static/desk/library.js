// Choosing a photo out of the KIM's library, in a dialog.
import { sentence } from "./said.js";

// Answers with what opens the dialog; `chosen` gets the row of the photo.
export function chooser(address, chosen) {
  const dialog = document.getElementById("dialog-pustaka");
  const words = dialog.querySelector("input");
  const found = dialog.querySelector("[data-found]");
  const said = dialog.querySelector("[data-library-said]");
  const next = dialog.querySelector("[data-next]");
  const row = document.querySelector("template[data-library-row]").content;
  let after = null;
  let asked = 0;
  let timer = null;

  const ask = async (further) => {
    const mine = ++asked;
    const query = new URLSearchParams({ cari: words.value.trim() });
    if (further && after) query.set("sesudah", after);
    const answer = await fetch(`${address}?${query}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const page = answer?.ok ? await answer.json().catch(() => null) : null;
    if (mine !== asked) return; // something else was typed meanwhile
    if (!page) {
      said.textContent = sentence("library-lost");
      return;
    }
    if (!further) found.replaceChildren();
    found.append(...page.rows.map(show));
    after = page.sesudah;
    next.hidden = !after;
    said.textContent = found.children.length ? "" : sentence("library-empty");
  };

  const show = (photo) => {
    const line = row.cloneNode(true);
    const image = line.querySelector("img");
    image.src = photo.small;
    image.alt = photo.alt;
    line.querySelector("span").textContent = photo.caption || sentence("untold");
    line.querySelector("button").addEventListener("click", () => {
      dialog.close();
      const { id, src, caption, alt, credit } = photo;
      chosen({ id, src, caption, alt, credit });
    });
    return line;
  };

  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(false), 300);
  });
  dialog.querySelector("[data-find]").addEventListener("submit", (event) => {
    event.preventDefault();
    ask(false);
  });
  next.addEventListener("click", () => ask(true));
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  return () => {
    dialog.showModal();
    ask(false);
  };
}
