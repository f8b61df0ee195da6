// Small comforts of every newsroom page. Without this script everything works as plain forms.
import { guard } from "./guard.js";
import { shrunk } from "./photo.js";

// One press, one form: the key in the form is the real guard, this spares the second request.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  setTimeout(() => {
    for (const button of submits(form)) button.disabled = true;
    form.setAttribute("aria-busy", "true");
  });
});

function submits(form) {
  return [...form.elements].filter((element) => element.type === "submit");
}

// A page taken back from the browser's memory must be usable, and its form is a new one:
// with the old key the server would take it for the one that it has already carried out.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) {
    form.removeAttribute("aria-busy");
    for (const button of submits(form)) button.disabled = false;
    const key = form.elements.namedItem("kunci");
    if (key) key.value = newKey();
  }
});

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What went wrong is read first.
document.querySelector("[data-problem]")?.focus();

// Copying a link or a text.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard.writeText(field.value);
    const said = document.querySelector("[data-copied]");
    if (said) said.textContent = said.dataset.copied;
  });
}

// Printing from a page made for it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A chosen photo is shown at once, and made smaller before it costs mobile data.
for (const group of document.querySelectorAll("form:not([data-keep]) [data-photo]")) {
  const input = group.querySelector("input[type=file]");
  const shown = group.querySelector("[data-photo-shown]");
  let address = null;
  input.addEventListener("change", async () => {
    if (address) URL.revokeObjectURL(address);
    address = null;
    shown.hidden = true;
    const file = input.files[0];
    if (!file) return;
    address = URL.createObjectURL(file);
    shown.src = address;
    shown.onload = () => { shown.hidden = false; };
    const smaller = await shrunk(file);
    if (smaller !== file && input.files[0] === file) {
      const box = new DataTransfer();
      box.items.add(smaller);
      input.files = box.files;
    }
  });
}

// The same for several files at once: their form waits until they are small.
for (const group of document.querySelectorAll("[data-files]")) {
  const input = group.querySelector("input[type=file]");
  const said = group.querySelector("[data-files-said]");
  input.addEventListener("change", async () => {
    const files = [...input.files];
    const buttons = submits(input.form);
    said.textContent = files.length ? said.dataset.working : "";
    for (const button of buttons) button.disabled = true;
    const box = new DataTransfer();
    for (const file of files) box.items.add(await shrunk(file));
    if (files.every((file, i) => input.files[i] === file)) {
      input.files = box.files;
      said.textContent = [...box.files].map((file) => file.name).join(", ");
      for (const button of buttons) button.disabled = false;
    }
  });
}

// A headline is one line, however many rows it takes.
for (const field of document.querySelectorAll("[data-one-line]")) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });
}

for (const form of document.querySelectorAll("form[data-write]")) guard(form);
