// Marking areas on a photo: by dragging on it, or with the four numbers. Each becomes four hidden
// numbers of the form, which the server takes in percent.
const SIDES = ["kiri", "atas", "lebar", "tinggi"];
const LEAST = 1; // percent; less was a tap

const figure = document.querySelector("[data-blur]");
const picture = figure.querySelector("img");
const drawing = figure.querySelector("[data-areas]");
const form = document.querySelector("[data-blur-form]");
const typed = form.querySelector("[data-area]");
const marked = form.querySelector("[data-marked]");
const said = form.querySelector("[data-said]");
const more = form.querySelector("[data-more]");
const undo = form.querySelector("[data-undo]");
const areas = [];
let begun = null;

document.querySelector("[data-with-script]").hidden = false;
drawing.removeAttribute("hidden");
more.hidden = false;
figure.classList.add("marking");
picture.draggable = false;
show();

function show(growing = null) {
  drawing.replaceChildren(...[...areas, ...(growing ? [growing] : [])].map(rectangle));
  marked.replaceChildren(...areas.flatMap((area) => area.map((value, side) => hidden(SIDES[side], value))));
  said.textContent = areas.length ? `${areas.length} ${said.dataset.some}` : said.dataset.none;
  undo.hidden = !areas.length;
}

function rectangle([x, y, width, height]) {
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ x, y, width, height })) box.setAttribute(name, value);
  return box;
}

function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value: value.toFixed(2) });
  return input;
}

// Where the pointer is, in percent of the photo.
function at(event) {
  const box = picture.getBoundingClientRect();
  const within = (value) => Math.min(100, Math.max(0, value));
  return [
    within((100 * (event.clientX - box.left)) / box.width),
    within((100 * (event.clientY - box.top)) / box.height),
  ];
}

function between([x, y], [u, v]) {
  return [Math.min(x, u), Math.min(y, v), Math.abs(x - u), Math.abs(y - v)];
}

figure.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  event.preventDefault();
  begun = at(event);
  figure.setPointerCapture(event.pointerId);
});
figure.addEventListener("pointermove", (event) => {
  if (begun) show(between(begun, at(event)));
});
figure.addEventListener("pointerup", (event) => {
  if (!begun) return;
  const area = between(begun, at(event));
  begun = null;
  if (area[2] >= LEAST && area[3] >= LEAST) areas.push(area);
  show();
});
figure.addEventListener("pointercancel", () => {
  begun = null;
  show();
});

// The four numbers, for a keyboard.
more.addEventListener("click", () => {
  const inputs = [...typed.querySelectorAll("input")];
  const area = inputs.map((input) => input.valueAsNumber);
  const wrong = inputs.find((input) => Number.isNaN(input.valueAsNumber) || !input.checkValidity());
  if (wrong) {
    wrong.focus();
    return;
  }
  areas.push(area);
  for (const input of inputs) input.value = "";
  show();
  inputs[0].focus();
});

undo.addEventListener("click", () => {
  areas.pop();
  show();
});
