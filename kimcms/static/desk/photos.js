// Photos that wait on the phone, and how they go.
import { post } from "./way.js";
import { get, put } from "./store.js";

const tick = (account) => `wifi-${account}`;

// Whether this phone says what its connection is.
export const knowsWay = () => Boolean(navigator.connection?.type);

export async function onlyWifi(account) {
  return Boolean((await get("phone", tick(account)))?.only);
}

export async function setOnlyWifi(account, only) {
  await put("phone", { name: tick(account), only });
}

// Photos cost data: where the person said so, they wait while the phone is on mobile data.
export async function mayGo(account) {
  const dear = knowsWay() && !["wifi", "ethernet"].includes(navigator.connection.type);
  return !(dear && (await onlyWifi(account)));
}

// Keeps a photo of a text until it can go.
export async function queue(sheet, key, file) {
  await put("photos", { key, sheet: sheet.id, account: sheet.account, file, changed: Date.now() });
}

// Sends one. The key is the photo's own, so that it arrives once.
export async function upload(row, sheet) {
  const data = new FormData();
  data.append("foto", row.file);
  data.append("kunci", row.key);
  return post(`/k/${sheet.kim}/foto`, data, sheet.account);
}
