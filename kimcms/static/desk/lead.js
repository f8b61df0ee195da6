// The main photo: shown at once, made smaller, and kept on the phone until it has arrived.
import { shrunk } from "./photo.js";
import { queue } from "./photos.js";
import { get, newKey } from "./store.js";

export function leadPhoto(form, keeper) {
  const input = form.elements.namedItem("foto");
  const shown = form.querySelector("[data-photo-shown]");
  const waits = form.elements.namedItem("foto_antre");
  if (!input || !shown) return;
  const show = (file) => {
    if (shown.src) URL.revokeObjectURL(shown.src);
    shown.hidden = !file;
    if (file) shown.src = URL.createObjectURL(file);
  };
  input.addEventListener("change", async () => {
    const file = input.files[0];
    show(file);
    if (!file || !keeper) return;
    const key = newKey();
    await queue(keeper.sheet, key, await shrunk(file));
    input.value = "";
    waits.value = key;
    keeper.changed();
  });
  if (waits.value) get("photos", waits.value).then((row) => row && show(row.file));
}
