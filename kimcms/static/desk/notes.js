// The editor's notes: a sign beside each paragraph that one is about, and marking them as done
// without leaving the text.
const list = document.querySelector("[data-notes]");
const rich = document.querySelector("[data-rich]");
const anchors = new Map(); // note -> the paragraph as it was found; it moves with the text

const plain = (text) => text.replace(/\s+/g, " ").trim();

function find(note) {
  const known = anchors.get(note);
  if (known?.isConnected) return known;
  const paragraphs = [...rich.querySelectorAll(":scope > [contenteditable] > *")];
  const said = plain(note.querySelector(".anchor").textContent).replace(/\.\.\.$/, "");
  const found = paragraphs.find((one) => said && plain(one.textContent).startsWith(said));
  const block = found || (note.dataset.note === "" || known ? null : paragraphs[Number(note.dataset.note)]);
  if (block) anchors.set(note, block);
  return block || null;
}

function place(note, sign) {
  const block = find(note);
  sign.hidden = !block;
  note.querySelector("[data-show]").hidden = !block;
  if (block) sign.style.top = `${block.offsetTop}px`;
}

function mark(note) {
  const sign = document.createElement("a");
  sign.className = "note-sign";
  sign.href = `#${note.id}`;
  sign.setAttribute("aria-label", list.dataset.sign);
  sign.textContent = "✎";
  sign.addEventListener("click", () => note.focus());
  rich.append(sign);
  note.querySelector("[data-show]").addEventListener("click", () => {
    const block = find(note);
    block?.scrollIntoView({ block: "center" });
    rich.querySelector("[contenteditable]").focus({ preventScroll: true });
    if (block) getSelection().selectAllChildren(block);
  });
  return sign;
}

function follow() {
  const open = [...list.querySelectorAll("[data-note]:not(.fixed)")];
  const signs = open.map((note) => [note, mark(note)]);
  const again = () => signs.forEach(([note, sign]) => {
    if (note.classList.contains("fixed")) sign.remove();
    else place(note, sign);
  });
  new ResizeObserver(again).observe(rich);
  new MutationObserver(again).observe(list, { subtree: true, attributeFilter: ["class"] });
  rich.closest("form").addEventListener("input", again);
  again();
}

list.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const note = form.closest("[data-note]");
  const state = note.querySelector("[data-fixed]");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new FormData(form),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    note.classList.add("fixed");
    state.textContent = ` ${list.dataset.done}`;
    form.remove();
    note.focus();
  } catch {
    state.textContent = ` ${list.dataset.failed}`;
  }
});

// The rich editor comes a moment later than the page, or never.
if (rich.hidden) new MutationObserver((_seen, watch) => {
  if (rich.hidden) return;
  watch.disconnect();
  follow();
}).observe(rich, { attributes: true });
else follow();
