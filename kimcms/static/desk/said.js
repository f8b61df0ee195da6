// The sentences of a page, written by the server beside everything else that people read.
export function sentence(name, values = {}) {
  const all = [...document.querySelectorAll("template[data-said]")];
  const found = all.map((one) => one.content.querySelector(`[data-${name}]`)).find(Boolean);
  return found.textContent.replace(/\{(\w+)\}/g, (_, word) => values[word] ?? "");
}

const CLOCK = new Intl.DateTimeFormat("id-ID", {
  timeZone: "Asia/Jakarta", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
});

export const moment = (at) => CLOCK.format(at);
