// The main photo: shown at once, made smaller, and kept on the phone until it has arrived.
import { shrunk } from "./photo.js";
import { knowsWay, onlyWifi, queue, setOnlyWifi } from "./photos.js";
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
  if (input.files.length) input.dispatchEvent(new Event("change")); // before this script was there
  if (waits.value) get("photos", waits.value).then((row) => row && show(row.file));
}

// "Kirim foto hanya lewat WiFi": kept on this phone; where the phone does not say, so does the tick.
export async function wifiTick(form, keeper) {
  const field = form.querySelector("[data-wifi]");
  const box = field.querySelector("input");
  const known = knowsWay();
  box.disabled = !known;
  box.checked = known && (await onlyWifi(keeper.account));
  field.querySelector(`[data-wifi-${known ? "known" : "unknown"}]`).hidden = false;
  field.hidden = false;
  box.addEventListener("change", async () => {
    await setOnlyWifi(keeper.account, box.checked);
    keeper.send({ pressed: true });
  });
}
