// Counts the seconds in which an assessor works: while the page is in sight, and somebody has moved,
// typed or turned the page lately (reading an answer takes a while).

const READING = 120_000;
const SIGNS = ["keydown", "input", "pointerdown", "pointermove", "wheel", "scroll", "touchmove"];
let lastSign = Date.now();
let seconds = 0;
for (const sign of SIGNS) {
  addEventListener(
    sign,
    () => {
      lastSign = Date.now();
    },
    { capture: true, passive: true },
  );
}
setInterval(() => {
  if (document.visibilityState === "visible" && Date.now() - lastSign < READING) seconds += 1;
}, 1000);

const countedSeconds = () => seconds;

function counted(taken) {
  seconds = Math.max(0, seconds - taken);
}

export { counted, countedSeconds as seconds };
