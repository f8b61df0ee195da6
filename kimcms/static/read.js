// Tells the site's own server that an article was in sight for five seconds. No cookie, no id.
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
