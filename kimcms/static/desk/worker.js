import { takeIn } from "/static/BUILD/desk/share.js";

// The newsroom without a connection: a page for writing that knows nobody, and the files it needs.
// What a person sees is never kept here; the page asks the phone's store for its own account's.
const KEPT = "redaksi-BUILD";
const SHELL = "/luring";
const WAIT = 8_000; // ms for a page that can be begun without the server
const AWAY = new Set([502, 503, 504]);

self.addEventListener("install", (event) => {
  event.waitUntil(prepare().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clean().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && pathname === "/bagi") event.respondWith(shared(request));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});

// Asked for without a session: nobody's name can be in it.
async function prepare() {
  const answer = await fetch(SHELL, { cache: "no-cache", credentials: "omit" });
  if (!answer.ok || answer.redirected) throw new Error("no page for the time without a connection");
  const files = (await answer.clone().text()).match(/\/static\/[^"]+/g) || [];
  const kept = await caches.open(KEPT);
  await kept.put(SHELL, answer);
  await kept.addAll([...new Set(files)]);
}

async function clean() {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
}

async function page(request, pathname) {
  const answer = fetch(request);
  try {
    const found = await (pathname.endsWith("/berita/baru") ? within(answer) : answer);
    if (!AWAY.has(found.status)) return found;
  } catch {
    // no connection, or none to speak of
  }
  return (await caches.match(SHELL)) || answer;
}

function within(answer) {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("late")), WAIT));
  return Promise.race([answer, late]);
}

async function file(request) {
  return (await caches.match(request)) || fetch(request);
}

async function shared(request) {
  const again = request.clone();
  try {
    const there = await takeIn(await request.formData());
    if (there) return Response.redirect(there, 303);
  } catch {
    // the server takes the words, as without this worker
  }
  return fetch(again);
}
