// Registers the worker that keeps the last articles, and lists them where there is no connection.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});

const shelf = document.querySelector("[data-kept]");
if (shelf && "caches" in window) list();

async function list() {
  const pages = await caches.open("halaman");
  const lines = document.createElement("ul");
  shelf.append(lines);
  for (const key of (await pages.keys()).reverse()) {
    const { pathname, search } = new URL(key.url);
    if (!pathname.startsWith("/berita/")) continue;
    const text = await (await pages.match(key)).text();
    const title = new DOMParser().parseFromString(text, "text/html").querySelector("main h1");
    if (!title) continue;
    const link = Object.assign(document.createElement("a"), { href: pathname + search });
    link.textContent = title.textContent.trim();
    const line = document.createElement("li");
    line.append(link);
    lines.append(line);
    shelf.hidden = false;
  }
}
