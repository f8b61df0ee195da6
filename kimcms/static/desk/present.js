// Tells every minute that this item is open, and shows who else has it open. Stops nobody.
const place = document.querySelector("[data-present]");
const form = document.querySelector("form[data-keep]");
const EVERY = 60_000;

async function tell() {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.present, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": form.elements.namedItem("csrf_token").value },
    });
    if (!answer.ok) return; // an ended session is told where the text is sent
    show((await answer.json()).others);
  } catch {
    // Without a connection nobody knows; it is told again in a minute.
  }
}

function show(others) {
  const now = [...place.children].map((line) => line.textContent);
  if (JSON.stringify(now) === JSON.stringify(others)) return; // not read aloud again
  place.replaceChildren(...others.map((said) => {
    const line = document.createElement("p");
    line.className = "flash";
    line.textContent = said;
    return line;
  }));
}

tell();
setInterval(tell, EVERY);
document.addEventListener("visibilitychange", tell);
