// The keyboard of the queue and of the page on which an item is decided. Never while somebody is
// typing, and never with a modifier, which is the browser's. Nothing is decided by one key: a key
// moves the focus, and Enter does what the focused button says.
const rows = [...document.querySelectorAll("[data-queue] a.row-link")];
const keys = document.querySelector("[data-keys]");
const verdict = document.querySelector("[data-verdict]");
let sending = null; // the button that Ctrl+Enter presses

const typing = (at) => at.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

function to(element) {
  if (!element) return false;
  element.focus();
  element.scrollIntoView({ block: "nearest" });
  return true;
}

function move(step) {
  const here = rows.indexOf(document.activeElement.closest(".row")?.querySelector("a.row-link"));
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step;
  return to(rows[Math.min(Math.max(next, 0), rows.length - 1)]);
}

function reason(name) {
  const button = verdict?.querySelector(`[data-does=${name}]`);
  if (!button) return false;
  sending = button;
  verdict.querySelector("[data-sending]").textContent = button.dataset.hint;
  return to(verdict.querySelector("select"));
}

function pick() {
  const box = document.activeElement.closest(".row")?.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.click();
  return true;
}

function help() {
  if (!keys) return false;
  keys.open = !keys.open;
  return to(keys.querySelector("summary"));
}

const does = {
  j: () => rows.length && move(1),
  k: () => rows.length && move(-1),
  ArrowDown: () => rows.includes(document.activeElement) && move(1),
  ArrowUp: () => rows.includes(document.activeElement) && move(-1),
  x: pick,
  a: () => to(document.querySelector("[data-main]")),
  d: () => reason("no"),
  m: () => reason("ask"),
  q: () => document.querySelector("[data-back]")?.click() ?? false,
  "?": help,
};

document.addEventListener("keydown", (event) => {
  const at = event.target;
  if (event.key === "Enter" && event.ctrlKey && verdict?.contains(at)) {
    event.preventDefault();
    (sending ?? verdict.querySelector("[data-does]")).click();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(at)) return;
  if (does[event.key]?.()) event.preventDefault();
});

// Ready words go into the text, where they can be changed before they are sent.
const ready = verdict?.querySelector("[data-ready]");
ready?.addEventListener("change", () => {
  const text = verdict.querySelector("textarea");
  const words = ready.selectedOptions[0].dataset.text;
  if (words) text.value = [text.value.trim(), words].filter(Boolean).join(" ");
  ready.value = "";
  text.focus();
});
