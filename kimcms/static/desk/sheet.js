// One text on the phone, as a row of the store:
//   id, account, kim         its name, whose it is, and where it is written
//   article, base, key       the item on the server and the revision it started from, once there is
//                            one; the key under which a new item is made, so that it is made once
//   fields                   the form as pairs of name and value; photos that wait stand in it by key
//   version, changed         a number that grows with each change, and when it was, in ms
//   settled, saved           the version that the server has, and its words for when
//   wish                     the key of a submission that was pressed and is not carried out yet
//   going                    what is on its way, kept until the server has answered for it
//   stuck                    why it does not go by itself: `stale`, or a sentence in `said`
import { newKey } from "./store.js";

const WAITING = /data-antre="([0-9a-f]{32})"/g;

export function blank(account, kim, id = newKey()) {
  const nothing = { article: null, base: null, fields: [], settled: 0, saved: null };
  const rest = { wish: null, going: null, stuck: null };
  return { id, account, kim, key: newKey(), version: 0, changed: Date.now(), ...nothing, ...rest };
}

export const valueOf = (sheet, name) => sheet.fields.find((pair) => pair[0] === name)?.[1] ?? "";

// The keys of the photos that this text waits for.
export function waiting(sheet) {
  const lead = valueOf(sheet, "foto_antre");
  const within = [...valueOf(sheet, "isi").matchAll(WAITING)].map((found) => found[1]);
  return [...(lead ? [lead] : []), ...within];
}

export const isUnsent = (sheet) =>
  sheet.version !== sheet.settled || Boolean(sheet.wish) || waiting(sheet).length > 0;

// The same text with a photo in its place: `media` is what the server said of it, null for none.
export function withPhoto(sheet, key, media) {
  const fields = sheet.fields.map(([name, value]) => {
    if (name === "isi" && value.includes(key)) return [name, put(value, key, media)];
    return [name, value];
  });
  if (valueOf(sheet, "foto_antre") === key) {
    set(fields, "foto_antre", "");
    if (media) set(fields, "foto_id", String(media.id));
  }
  return { ...sheet, fields, version: sheet.version + 1 };
}

function set(fields, name, value) {
  const pair = fields.find((one) => one[0] === name);
  if (pair) pair[1] = value;
  else fields.push([name, value]);
}

function put(html, key, media) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const image of page.querySelectorAll(`img[data-antre="${key}"]`)) {
    image.removeAttribute("data-antre");
    if (media) image.src = media.src;
    else (image.closest("figure") || image).remove();
  }
  return page.body.innerHTML;
}

export function titleOf(sheet) {
  return valueOf(sheet, "judul").trim();
}

// Where this text is written on.
export function addressOf(sheet) {
  const folder = `/k/${sheet.kim}/berita`;
  return sheet.article ? `${folder}/${sheet.article}/ubah` : `${folder}/baru?lembar=${sheet.id}`;
}
