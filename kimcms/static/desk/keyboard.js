// The toolbar stays above the phone's keyboard: where the keyboard covers the page, instead of
// making it smaller, the page is told by how much.
const view = window.visualViewport;

export function aboveKeyboard() {
  if (!view || !matchMedia("(pointer: coarse)").matches) return;
  let tallest = view.height;
  const fit = () => {
    tallest = Math.max(tallest, view.height);
    const typing = view.scale < 1.05 && view.height < tallest * 0.8;
    const covered = Math.max(0, Math.round(window.innerHeight - view.height - view.offsetTop));
    document.body.classList.toggle("typing", typing);
    document.documentElement.style.setProperty("--keyboard", `${typing ? covered : 0}px`);
  };
  view.addEventListener("resize", fit);
  view.addEventListener("scroll", fit);
  screen.orientation?.addEventListener("change", () => { tallest = 0; });
}
