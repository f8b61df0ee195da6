// Photos that wait on the phone, and how they go.
import { upload as send } from "./upload.js";
import { check, Wait } from "./way.js";
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

// Sends one, on from where the last attempt stopped. The key is the photo's own, so that it arrives
// once. Whoever shows it hears how far it is.
export async function upload({ key, file, faces }, sheet) {
  const tell = (way) => globalThis.document?.dispatchEvent(new CustomEvent("foto", { detail: { key, ...way } }));
  const token = await check(sheet.account);
  const way = { url: `/k/${sheet.kim}/foto/kirim`, key, faces, token, tries: 0, onprogress: (share) => tell({ share }) };
  try {
    return { status: 201, answer: await send(file, way) };
  } catch (problem) {
    tell({ said: problem.message });
    if (problem.later !== false) throw new Wait();
    return { status: problem.status, answer: { error: problem.message } };
  }
}
