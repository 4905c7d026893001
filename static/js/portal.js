// Asks before what cannot be taken back, and before leaving a form in which something was typed.
document.addEventListener("submit", (event) => {
  // What the button asks, where it belongs to a form that other buttons send too.
  const question = event.submitter?.dataset.question ?? event.target.dataset.question;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    return;
  }
  if ("guard" in event.target.dataset) delete event.target.dataset.typed;
});

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && "guard" in form.dataset) form.dataset.typed = "yes";
});

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-guard][data-typed]")) event.preventDefault();
});

// The groups of the menu are details: they open without a script, and close with one by Escape, by a
// click elsewhere, or when the focus goes on.
const openGroup = () => document.querySelector("details.menu-group[open]");
document.addEventListener("click", (event) => {
  const group = openGroup();
  if (group && !group.contains(event.target)) group.open = false;
});
document.addEventListener("focusin", (event) => {
  const group = openGroup();
  if (group && !group.contains(event.target)) group.open = false;
});
document.addEventListener("keydown", (event) => {
  const group = openGroup();
  if (!group || event.key !== "Escape") return;
  group.open = false;
  group.querySelector("summary").focus();
});

// A form that came back begins at the first field with something wrong: a phone shows no other, and who
// listens hears what it is. Filters say it beside themselves while one types.
const wrong = document.querySelector('main form[method="post"] :is(input, select, textarea).is-invalid');
if (wrong && !location.hash && document.activeElement === document.body) wrong.focus();

// The filters of a long form, which a phone shows when they are wanted.
document.addEventListener("click", (event) => {
  const toggle = event.target.closest?.(".filters-toggle");
  if (!toggle) return;
  const isOpen = toggle.form.classList.toggle("is-open");
  toggle.setAttribute("aria-expanded", String(isOpen));
  if (isOpen) toggle.form.querySelector(".filter:nth-child(2) :is(select, input)")?.focus();
});

// How many rows of a list are ticked. Boxes and buttons work without; a reader hears it by this.
document.addEventListener("change", (event) => {
  const said = event.target.form?.querySelector("output[data-ticked]");
  if (!said) return;
  const boxes = document.querySelectorAll('input[name="key"][form="bulk"]:checked');
  // Where the whole view is meant, the ticks do not count.
  said.hidden = event.target.form.elements.all?.checked ?? false;
  said.textContent = `${said.dataset.ticked} ${boxes.length}`;
});
