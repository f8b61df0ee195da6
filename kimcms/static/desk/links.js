// A link over the chosen words, or with words of its own.
export function linkDialog(editor) {
  const dialog = document.getElementById("dialog-tautan");
  const inner = dialog.querySelector("form");
  const { href, words } = inner.elements;
  const unlink = dialog.querySelector("[data-unlink]");
  const error = dialog.querySelector("[data-error]");
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

  unlink.addEventListener("click", () => {
    dialog.close();
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
  });
  inner.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = addressOf(href.value);
    error.hidden = Boolean(address);
    if (!address) {
      href.setAttribute("aria-invalid", "true");
      href.focus();
      return;
    }
    dialog.close(); // first: closing gives the focus back to where it was
    const at = editor.chain().focus();
    if (editor.state.selection.empty && !editor.isActive("link")) {
      const text = words.value.trim() || href.value.trim();
      at.insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href: address } }] }).run();
    } else {
      at.extendMarkRange("link").setLink({ href: address }).run();
    }
  });
  return () => {
    const active = editor.isActive("link");
    href.value = active ? editor.getAttributes("link").href : "";
    words.value = "";
    href.removeAttribute("aria-invalid");
    error.hidden = true;
    unlink.hidden = !active;
    inner.querySelector("[data-link-words]").hidden = active || !editor.state.selection.empty;
    dialog.showModal();
    href.focus();
  };
}

// What people write as an address, as one that leads somewhere; null for what is none.
function addressOf(typed) {
  const text = typed.trim();
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  const full = /^(https?:\/\/|mailto:|tel:)/i.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(full);
    return url.protocol.startsWith("http") && !url.hostname.includes(".") ? null : full;
  } catch {
    return null;
  }
}
