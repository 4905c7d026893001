// A form that saves itself: while the line is down its page says so, and it is tried again until what
// was typed has arrived. Meanwhile nobody leaves the page without being asked.
const AGAIN_AFTER = 4000;
let isWaiting = false;

const formOf = (target) => target.closest?.("form[data-saves-itself]");

function tryAgain(form) {
  if (isWaiting) window.htmx.trigger(form, "change");
}

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, ({ target }) => {
    const form = formOf(target);
    if (!form) return;
    isWaiting = true;
    form.querySelector("[data-not-saved]").hidden = false;
    setTimeout(tryAgain, AGAIN_AFTER, form);
  });
}

document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  if (formOf(target) && detail.successful) isWaiting = false;
});

window.addEventListener("online", () => {
  document.querySelectorAll("form[data-saves-itself]").forEach(tryAgain);
});

// Whoever sends the form takes along what was typed.
document.addEventListener("submit", () => {
  isWaiting = false;
});

window.addEventListener("beforeunload", (event) => {
  if (isWaiting) event.preventDefault();
});
