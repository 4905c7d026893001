// Keys of the scoring page, for those who like them: named on the page, off while somebody types, and
// off altogether where they are not wanted (WCAG 2.1.4).

const KEPT = "scoring-keys";
const panel = document.getElementById("keys");
const switched = document.getElementById("keys-on");
const boxes = [...document.querySelectorAll('[data-kind="criterion"]')];
const next = document.querySelector("[data-next]");

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
if (panel) {
  panel.hidden = false;
  switched.checked = kept() !== "off";
  switched.addEventListener("change", () => {
    try {
      localStorage.setItem(KEPT, switched.checked ? "on" : "off");
    } catch {
      /* for this page alone */
    }
  });
}
const areOn = () => (switched ? switched.checked : kept() !== "off");

const scoresOf = (box) => [...box.querySelectorAll("input[type=radio]")].filter((one) => one.value);
const here = () => boxes.find((box) => box.closest(".criterion").contains(document.activeElement));

function go(box) {
  const scores = scoresOf(box);
  const target = scores.find((one) => one.checked) ?? scores[0] ?? box.querySelector("select");
  target.focus();
  box.closest(".criterion").scrollIntoView({ block: "start" });
}

function give(box, choose) {
  const scores = scoresOf(box);
  const target = choose(
    scores,
    scores.findIndex((one) => one.checked),
  );
  if (!target) return false;
  target.focus();
  target.click();
  return true;
}

function digit(box, key) {
  const wanted = [Number(key), ...(key === "0" ? [10] : [])];
  return give(box, (scores) => scores.find((one) => wanted.includes(Number(one.value))));
}

const step = (box, by) => give(box, (scores, at) => (at < 0 ? scores.at(by > 0 ? 0 : -1) : scores[at + by]));

function move(by) {
  const at = boxes.indexOf(here());
  const to = at < 0 ? boxes.at(by > 0 ? 0 : -1) : boxes[at + by];
  if (to) go(to);
  return Boolean(to);
}

function write(box, name) {
  box.querySelector(`textarea[name^="${name}_"]`).focus();
  return true;
}

const ofCriterion = {
  "+": (box) => step(box, 1),
  "-": (box) => step(box, -1),
  s: (box) => write(box, "strengths"),
  w: (box) => write(box, "weaknesses"),
};

function pressed(key) {
  const box = here();
  if (box && /^[0-9]$/.test(key)) return digit(box, key);
  if (box && ofCriterion[key]) return ofCriterion[key](box);
  if (key === "j") return move(1);
  if (key === "k") return move(-1);
  if (key === "n" && next) {
    location.assign(next.href);
    return true;
  }
  return false;
}

// The key as it lies on the keyboard, where it writes another alphabet.
function keyOf(event) {
  if (/^[\u0660-\u0669]$/.test(event.key)) return String(event.key.charCodeAt(0) - 0x660);
  if (event.key === "=" || event.key === "−") return event.key === "=" ? "+" : "-";
  if (/^[a-z0-9+-]$/.test(event.key)) return event.key;
  return /^Key[A-Z]$/.test(event.code) ? event.code.at(-1).toLowerCase() : event.key;
}

const isWriting = (field) => field.matches("textarea, select, input:not([type=radio], [type=checkbox])");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !areOn()) return;
  if (isWriting(event.target)) {
    if (event.key === "Escape" && here()) go(here());
    return;
  }
  if (pressed(keyOf(event))) event.preventDefault();
});
