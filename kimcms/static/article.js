// What an article page does beyond being read: tells its own server that it was in sight for five
// seconds (no cookie, no id), and copies its address.
const story = document.querySelector("[data-read]");
let waiting = 0;

function watch() {
  clearTimeout(waiting);
  if (document.visibilityState === "visible") waiting = setTimeout(tell, 5000);
}

function tell() {
  document.removeEventListener("visibilitychange", watch);
  navigator.sendBeacon(`/dibaca/${story.dataset.read}`);
}

if (story && navigator.sendBeacon) {
  document.addEventListener("visibilitychange", watch);
  watch();
}

const copy = document.querySelector("[data-copy]");
if (copy && navigator.clipboard) {
  copy.closest("li").hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.dataset.copy);
    copy.querySelector("span").textContent = copy.dataset.done;
  });
}
