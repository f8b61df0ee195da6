// "Sebelum terbit": what is still missing, seen while one writes.
const GAP = /…|\.{3}/;

const lines = document.querySelectorAll("[data-check]");

export function checks(form, text) {
  const filled = (name) => Boolean(form.elements.namedItem(name)?.value.trim());
  const photo = filled("foto_id") || filled("foto_antre");
  const is = {
    judul: filled("judul"),
    isi: Boolean(text.trim()),
    celah: !GAP.test(text) && !GAP.test(form.elements.namedItem("judul").value),
    topik: filled("topik"),
    keterangan: !photo || filled("keterangan"),
    alt: !photo || filled("alt"),
  };
  for (const line of lines) {
    line.hidden = !photo && ["keterangan", "alt"].includes(line.dataset.check);
    const done = is[line.dataset.check];
    line.classList.toggle("done", done);
    line.querySelector("[data-mark]").textContent = done ? "✓" : "○";
    line.querySelector("[data-mark-said]").textContent = done ? line.dataset.done : line.dataset.open;
  }
}
