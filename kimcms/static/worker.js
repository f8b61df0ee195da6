// Reading without a connection: the last articles that were opened here stay readable. What the
// server says always goes first; what it has taken away goes from here too.
const PAGES = "halaman";
const FILES = "berkas";
const OFFLINE = "/luring";
const MOST_PAGES = 30;
const MOST_FILES = 80;
const LARGEST = 300_000; // bytes of one picture
const WAIT = 5_000; // ms, for a page that is kept as well

self.addEventListener("install", (event) => {
  event.waitUntil(prepare().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim().then(keepOpenPages));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (pathname.startsWith("/media/")) event.respondWith(picture(request));
});

// The page without a connection, and what it needs to look like one of ours.
async function prepare() {
  const answer = await fetch(OFFLINE, { cache: "no-cache" });
  if (!answer.ok) throw new Error("no page for the time without a connection");
  const files = (await answer.clone().text()).match(/\/static\/[^"]+/g) || [];
  await (await caches.open(PAGES)).put(OFFLINE, answer);
  await (await caches.open(FILES)).addAll([...new Set(files)]);
}

// The first page was read before this worker was there.
async function keepOpenPages() {
  for (const client of await self.clients.matchAll({ includeUncontrolled: true })) {
    if (!isKept(client.url)) continue;
    const answer = await fetch(client.url).catch(() => null);
    if (answer) await remember(client.url, answer);
  }
}

function isKept(address) {
  const { pathname, search } = new URL(address);
  const plain = search === "" || search === "?hemat=1";
  return plain && (pathname === "/" || /^\/berita\/[^/]+$/.test(pathname));
}

async function page(event) {
  const { request } = event;
  const kept = await (await caches.open(PAGES)).match(request.url);
  const answer = fetch(request);
  // Also an answer that comes too late to be shown says what is kept from now on.
  if (isKept(request.url)) {
    event.waitUntil(answer.then((late) => remember(request.url, late.clone()), () => {}));
  }
  try {
    return await (kept ? within(answer) : answer);
  } catch {
    return kept || (await caches.match(OFFLINE)) || Response.error();
  }
}

function within(answer) {
  const late = new Promise((_, refuse) => setTimeout(refuse, WAIT));
  return Promise.race([answer, late]);
}

// A page that was taken away or has moved is forgotten; a server in trouble changes nothing.
async function remember(address, answer) {
  const pages = await caches.open(PAGES);
  if (answer.ok && answer.type === "basic" && !answer.redirected) {
    await pages.delete(address); // so that the newest stand last
    await pages.put(address, answer);
    await trim(pages, MOST_PAGES, "/berita/");
  } else if (answer.status < 500 && answer.status !== 429) {
    await pages.delete(address);
  }
}

async function file(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    await files.put(request, answer.clone());
    await trim(files, MOST_FILES);
  }
  return answer;
}

async function picture(request) {
  const files = await caches.open(FILES);
  try {
    const answer = await fetch(request);
    if (answer.status === 200 && Number(answer.headers.get("Content-Length")) <= LARGEST) {
      await files.put(request, answer.clone());
      await trim(files, MOST_FILES);
    } else if (answer.status === 404 || answer.status === 410) {
      await files.delete(request);
    }
    return answer;
  } catch {
    return (await files.match(request)) || Response.error();
  }
}

// The oldest go; a front page and the page without a connection stay beside the articles.
async function trim(cache, most, below = "/") {
  const keys = (await cache.keys()).filter((key) => new URL(key.url).pathname.startsWith(below));
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key);
}
