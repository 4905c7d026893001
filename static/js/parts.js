// The parts of a long page all stand open in its HTML. A telephone folds all but the first, and keeps what its
// reader unfolds or folds when the page's figures are asked for anew; where there is room, and on paper, all
// of them are open.
const FIRST = 2;
const room = window.matchMedia("(min-width: 768px)");
const wanted = new Map();
const idOf = (part) => part.querySelector("[id]").id;

function fold() {
  document.querySelectorAll("details.part").forEach((part, place) => {
    part.open = room.matches || (wanted.get(idOf(part)) ?? place < FIRST);
  });
}

// Before the browser goes there: what is folded is nowhere.
function want(hash) {
  const part = hash && document.getElementById(hash.slice(1))?.closest("details.part");
  if (!part) return;
  wanted.set(idOf(part), true);
  part.open = true;
}

document.addEventListener("click", ({ target }) => {
  const summary = target.closest(".part > summary");
  if (summary) wanted.set(idOf(summary.parentElement), !summary.parentElement.open);
  const link = target.closest("a[href^='#']");
  if (link) want(link.hash);
});
room.addEventListener("change", fold);
document.addEventListener("htmx:afterSwap", fold);
window.addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details.part")) part.open = true;
});
window.addEventListener("afterprint", fold);

want(window.location.hash);
fold();
