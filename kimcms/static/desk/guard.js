// Leaving a page with unsaved words asks first.
export function guard(form) {
  if (form.guarded) return;
  form.guarded = true;
  let dirty = form.hasAttribute("data-dirty");
  const saved = form.querySelector("[data-saved]");
  const said = document.querySelector("template[data-said]")?.content.querySelector("[data-unsaved]");
  form.addEventListener("input", () => {
    if (dirty) return;
    dirty = true;
    if (saved && said) {
      saved.textContent = said.textContent;
      saved.classList.add("unsaved");
    }
  });
  form.addEventListener("submit", () => { dirty = false; });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}
