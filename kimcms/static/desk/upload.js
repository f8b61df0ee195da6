// Sends one photo or PDF so that it arrives once, whatever the connection does.
//
//   import { upload, Failed } from "./upload.js";
//   const { id, src } = await upload(file, { url, key, onprogress, signal, faces, tries, token });
//
//   file        a File or Blob; a photo is made smaller first (what `shrunk` of photo.js gave
//               is left as it is, so the smaller one may be kept on the phone and sent later)
//   url         where a KIM takes files: /k/<kim>/foto/kirim
//   key         8 to 64 letters, digits, hyphens; one a file, kept with it: the same key goes on
//               where the last attempt stopped, also days later and on another page, and gives
//               the same photo. `newKey()` of store.js makes one
//   onprogress  is called with a share from 0 to 1; may be left out
//   signal      an AbortSignal; may be left out
//   faces       whether a child can be recognised on it, as far as somebody has said
//   tries       how often it is tried again by itself; by default for about two minutes
//   token       the page's csrf_token, or a function that gives the one of now (after a new
//               sign-in); by default what stands in the document
//
// Broken connections and a server in trouble are tried again for about two minutes, at once when
// the phone says that it is online again. Then, and when the server refuses, it throws `Failed`:
//   message  a sentence for the person, empty where only the connection is to blame
//   status   the HTTP status, 0 without an answer, 401 when a new sign-in is needed
//   later    true where the same call may succeed later: nothing is lost, keep file and key
import { shrunk } from "./photo.js";

const WAITS = [1, 2, 4, 8, 15, 30, 60]; // seconds, while nothing more gets through
const SMALLEST = 32 * 1024;
const LARGEST = 1024 * 1024;
const PATIENCE = 60_000; // ms for one piece

export class Failed extends Error {
  constructor(message, status, later) {
    super(message);
    this.status = status;
    this.later = later;
  }
}

export async function upload(file, { url, key, onprogress, signal, faces, tries: most = WAITS.length, token = pageToken } = {}) {
  const small = await shrunk(file);
  const way = new Way(url, key, typeof token === "function" ? token : () => token, signal);
  let size = LARGEST / 16;
  let tries = 0;
  let state = null;
  for (;;) {
    try {
      state ??= await way.begin(small, faces);
      while (!state.id) {
        onprogress?.(state.offset / small.size);
        const began = performance.now();
        state = await way.send(small.slice(state.offset, state.offset + size), state.offset);
        tries = 0;
        const took = performance.now() - began;
        if (took < 800) size = Math.min(LARGEST, size * 2);
        if (took > 4000) size = Math.max(SMALLEST, size / 2);
      }
      onprogress?.(1);
      return { id: state.id, src: state.src };
    } catch (problem) {
      if (!(problem instanceof Failed) || !problem.later || problem.status === 401) throw problem;
      if (tries >= most) throw problem;
      await pause(WAITS[tries++], signal);
      size = Math.max(SMALLEST, size / 2);
      state = null; // what arrived of the last piece, the server knows best
    }
  }
}

class Way {
  constructor(url, key, token, signal) {
    this.url = url;
    this.own = `${url}/${key}`;
    this.key = key;
    this.token = token;
    this.signal = signal;
  }

  // Announced again, a file is found again. Another file under the same key takes its place,
  // unless the first one is there already.
  async begin(file, faces = null) {
    const facts = {
      kunci: this.key,
      ukuran: file.size,
      sha256: await digest(file),
      nama: file.name || "",
      wajah: faces,
    };
    const ask = () => this.ask("POST", this.url, JSON.stringify(facts), {
      "Content-Type": "application/json",
    });
    try {
      return await ask();
    } catch (problem) {
      if (problem.status !== 409) throw problem;
      const there = await this.ask("GET", this.own);
      if (there.id) return there;
      await this.ask("DELETE", this.own);
      return ask();
    }
  }

  async send(piece, offset) {
    try {
      return await this.ask("PATCH", this.own, piece, {
        "Content-Type": "application/partial-upload",
        "Upload-Offset": String(offset),
      });
    } catch (problem) {
      if (problem.status === 409) problem.later = true; // asked again, it says where to go on
      throw problem;
    }
  }

  async ask(method, url, body, headers = {}) {
    const stop = new AbortController();
    const given = () => stop.abort();
    this.signal?.addEventListener("abort", given);
    const timer = setTimeout(given, PATIENCE);
    try {
      this.signal?.throwIfAborted();
      const answer = await fetch(url, {
        method,
        body,
        headers: { Accept: "application/json", "X-CSRFToken": this.token(), ...headers },
        redirect: "manual", // to the sign-in
        signal: stop.signal,
      });
      if (answer.type === "opaqueredirect") throw new Failed("", 401, true);
      const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
      if (answer.ok) return said;
      const { status } = answer;
      throw new Failed(said.error || "", status, status >= 500 || [401, 408, 429].includes(status));
    } catch (problem) {
      if (this.signal?.aborted) throw this.signal.reason;
      throw problem instanceof Failed ? problem : new Failed("", 0, true);
    } finally {
      clearTimeout(timer);
      this.signal?.removeEventListener("abort", given);
    }
  }
}

// Waits, or less where the connection comes back.
function pause(seconds, signal) {
  return new Promise((go, stop) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal?.removeEventListener("abort", end);
      if (signal?.aborted) stop(signal.reason);
      else go();
    };
    const timer = setTimeout(end, 1000 * seconds * (0.75 + Math.random() / 2));
    addEventListener("online", end);
    signal?.addEventListener("abort", end);
  });
}

async function digest(file) {
  if (!crypto.subtle) return "";
  const sum = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function pageToken() {
  return document.querySelector("[name=csrf_token]")?.value ?? "";
}
