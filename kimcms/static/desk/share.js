// What another app shares with the newsroom becomes a new item on this phone.
import { fromChat } from "./paste.js";
import { queue } from "./photos.js";
import { addressOf, blank } from "./sheet.js";
import { get, newKey, put } from "./store.js";

// Takes in a shared form; the address where it is written on, or null where nobody works here.
export async function takeIn(form) {
  const who = await get("phone", "who");
  if (!who?.kims.length) return null;
  const sheet = blank(who.account, who.kims[0].slug);
  const words = [form.get("teks"), form.get("tautan")].filter(Boolean).join("\n\n");
  const photos = form.getAll("foto").filter((file) => file instanceof File && file.type.startsWith("image/"));
  const keys = photos.map(() => newKey());
  for (const [at, file] of photos.entries()) await queue(sheet, keys[at], file);
  const more = keys.slice(1).map((key) => `<figure><img data-antre="${key}" alt=""><figcaption></figcaption></figure>`);
  sheet.fields = [
    ["judul", (form.get("judul") || "").replace(/\s+/g, " ").trim().slice(0, 140)],
    ["isi", fromChat(words) + more.join("")],
    ["format", "html"],
    ["topik", ""],
    ["foto_antre", keys[0] || ""],
  ];
  sheet.version = 1;
  await put("sheets", sheet);
  return addressOf(sheet);
}
