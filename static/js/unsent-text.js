// Keeps what is typed into a box in this browser until the page shows that it arrived: a line that
// goes down, or a session that ends while typing, loses nothing.
const squeezed = (text) => text.replace(/\s+/g, " ").trim();

function note(box, name) {
  for (const line of box.form.querySelectorAll("[data-keep-note]")) {
    line.hidden = line.dataset.keepNote !== name;
  }
}

function hasArrived(text) {
  return [...document.querySelectorAll("[data-own]")].some(
    (own) => squeezed(own.textContent) === squeezed(text),
  );
}

function takeUp(box) {
  const kept = localStorage.getItem(box.dataset.keep);
  if (!kept) return;
  if (hasArrived(kept)) {
    localStorage.removeItem(box.dataset.keep);
  } else if (!box.value.trim()) {
    box.value = kept;
    // Folded away, nobody would know that something waits to be sent.
    box.closest("details")?.setAttribute("open", "");
    note(box, "kept");
  }
}

function takeUpAll() {
  document.querySelectorAll("textarea[data-keep]").forEach(takeUp);
}

const boxOf = (form) => form?.querySelector?.("textarea[data-keep]");

document.addEventListener("input", ({ target }) => {
  if (!target.dataset.keep) return;
  if (target.value.trim()) localStorage.setItem(target.dataset.keep, target.value);
  else localStorage.removeItem(target.dataset.keep);
});

// Before htmx hears of it: without a line nothing is sent, and the box stays as it is.
document.addEventListener(
  "submit",
  (event) => {
    const box = boxOf(event.target);
    if (!box || navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    note(box, "offline");
  },
  true,
);

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, ({ target }) => {
    const box = boxOf(target.closest("form"));
    if (box) note(box, "offline");
  });
}

document.addEventListener("htmx:afterSettle", takeUpAll);
takeUpAll();
