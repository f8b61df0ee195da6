// While the page is looked at, what it is about stays with this person; where somebody else took
// it meanwhile, that is said before anything is typed in vain.
const form = document.querySelector("[data-hold]");
const EVERY = 4 * 60_000;

async function renew() {
  if (document.hidden) return;
  try {
    const answer = await fetch(form.dataset.hold, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new FormData(form),
    });
    if (!answer.ok) return; // an ended session is told where something is sent
    const { said } = await answer.json();
    if (said) form.querySelector("[data-held]").textContent = said;
  } catch {
    // Without a connection it lapses; the server says so when something is decided.
  }
}

setInterval(renew, EVERY);
document.addEventListener("visibilitychange", renew);
