// Sends what lies on the phone, each once: first the words, then the photos, then the words with
// the photos in their places, and with these the submission where one was pressed. Whatever breaks
// off is sent again just as it was, so that the server knows it again.
import { Other, post, SignIn, Wait } from "./way.js";
import { mayGo, upload } from "./photos.js";
import { isUnsent, waiting, withPhoto } from "./sheet.js";
import { alone, get, newKey, remove, update } from "./store.js";

// Sends one text as far as it goes. Answers with `state`: "sent", "busy" (another tab does it),
// "wait", "wifi", "signin", "other", "stale" or "stuck"; `answer` is the last one of the server.
// `placed` lets an open editor put a photo in its place, and write the text down.
export async function deliver(id, { pressed = false, placed = null } = {}) {
  let answer = null;
  try {
    const done = await alone(`kirim-${id}`, async () => {
      for (;;) {
        const sheet = await get("sheets", id);
        if (!sheet || !isUnsent(sheet)) return { state: "sent" };
        // Photos stand in no conflict: they go before the person puts the two texts together.
        if (sheet.stuck?.stale && waiting(sheet).length) {
          await photo(sheet, placed);
          continue;
        }
        if (sheet.stuck) return { state: sheet.stuck.stale ? "stale" : "stuck", said: sheet.stuck.said };
        if (sheet.going || sheet.version !== sheet.settled) answer = await words(sheet, pressed) || answer;
        else if (waiting(sheet).length) await photo(sheet, placed);
        else answer = await words(sheet, pressed) || answer;
      }
    });
    return { ...(done || { state: "busy" }), answer };
  } catch (problem) {
    return { state: stateOf(problem), answer };
  }
}

export function stateOf(problem) {
  if (problem instanceof SignIn) return "signin";
  if (problem instanceof Other) return "other";
  if (problem instanceof Wait) return problem.message || "wait";
  throw problem;
}

async function words(sheet, pressed) {
  const wish = sheet.article && !waiting(sheet).length ? sheet.wish : null;
  const key = wish || (sheet.article ? newKey() : sheet.key);
  const going = sheet.going || { fields: sheet.fields, version: sheet.version, key, wish };
  await update("sheets", sheet.id, (now) => now && { ...now, going });
  const folder = `/k/${sheet.kim}/berita/`;
  const step = going.wish ? "kirim" : "simpan";
  const data = new FormData();
  for (const [name, value] of going.fields) data.append(name, value);
  data.append("akun", sheet.account);
  data.append("lembar", sheet.id);
  data.append("dasar", sheet.base ?? "");
  data.append("kunci", going.key);
  if (!going.wish && !pressed) data.append("otomatis", "1");
  const path = sheet.article ? `${folder}${sheet.article}/${step}` : folder;
  const { status, answer } = await post(path, data, sheet.account);
  await update("sheets", sheet.id, (now) => now && settled(now, going, status, answer));
  return status === 200 ? answer : null;
}

// The row after the server's answer.
function settled(now, going, status, answer) {
  const after = { ...now, going: null };
  if (status === 200) {
    const sent = going.wish ? { wish: null, sent: true } : {};
    const { id: article, dasar: base, saved } = answer;
    return { ...after, ...sent, article, base, saved, settled: going.version };
  }
  if (answer.stale) return { ...after, stuck: { stale: true } };
  // Taken away meanwhile: what is written on becomes a new item.
  const anew = status === 404 || status === 410 ? { article: null, base: null, key: newKey() } : {};
  return { ...after, ...anew, wish: null, stuck: { said: answer.error || "", fields: answer.fields } };
}

async function photo(sheet, placed) {
  const [key] = waiting(sheet);
  const row = await get("photos", key);
  let media = null;
  if (row) {
    if (!(await mayGo(sheet.account))) throw new Wait("wifi");
    const { status, answer } = await upload(row, sheet);
    if (status !== 201) {
      const stuck = { said: answer.error || "" };
      await update("sheets", sheet.id, (now) => now && { ...now, stuck });
      return;
    }
    media = answer;
  }
  if (placed) await placed(key, media);
  await update("sheets", sheet.id, (now) => now && waiting(now).includes(key) && withPhoto(now, key, media));
  await remove("photos", key);
}
