// The PDFs of a text: sent as soon as they are chosen, then a line of the list. The list itself is
// one hidden field, JSON pairs of id and title.
import { sentence } from "./said.js";
import { newKey } from "./store.js";
import { upload } from "./upload.js";

export function papers(form) {
  const box = form.querySelector("[data-papers]");
  if (!box) return;
  const field = form.elements.namedItem("lampiran_daftar");
  const list = box.querySelector("[data-attached]");
  const input = form.elements.namedItem("lampiran");
  const row = box.parentElement.querySelector("template[data-paper-row]").content;
  const way = box.querySelector("[data-way]");
  const error = box.querySelector("[data-error]");
  for (const part of box.querySelectorAll("[data-plain-only]")) part.remove();

  const read = () => { try { return JSON.parse(field.value || "[]"); } catch { return []; } };
  const keep = (pairs) => {
    field.value = pairs.length ? JSON.stringify(pairs) : "";
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const show = () => list.replaceChildren(...read().map(([id, title], index) => line(id, title, index)));
  const line = (id, title, index) => {
    const part = row.cloneNode(true).firstElementChild;
    const words = part.querySelector("input");
    words.id = `pdf-${id}`;
    part.querySelector("label").htmlFor = words.id;
    words.value = title;
    words.addEventListener("input", () => keep(read().map((pair) => (pair[0] === id ? [id, words.value] : pair))));
    part.querySelector("button").addEventListener("click", () => {
      keep(read().filter((_, at) => at !== index));
      show();
      input.focus();
    });
    return part;
  };

  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    error.hidden = true;
    way.hidden = false;
    input.disabled = true;
    try {
      const onprogress = (share) => { way.querySelector("progress").value = share; };
      const { id } = await upload(file, { url: `/k/${box.dataset.kim || form.dataset.kim}/foto/kirim`, key: newKey(), onprogress });
      keep([...read().filter((pair) => pair[0] !== id), [id, file.name.replace(/\.pdf$/i, "")]]);
      show();
    } catch (problem) {
      error.textContent = problem.message || sentence("paper-lost");
      error.hidden = false;
    } finally {
      input.disabled = false;
      input.value = "";
      way.hidden = true;
    }
  });
  form.addEventListener("restored", show);
  show();
}
