// A page on which a draft saves itself: its form, its parts (each a question with an answer of its own,
// by the id of the question), and what its scripts say. A script of the page's own adds what its parts
// hold (draft-form.js, scoring-form.js); draft-saving.js and draft.js do the rest.
(() => {
  const form = document.getElementById("draft");
  if (!form) return;
  const words = Object.assign({}, ...[...document.querySelectorAll("[data-draft-words]")].map((said) => said.dataset));
  const say = (text, ...values) => values.reduce((said, value) => said.replace("%s", () => value), text);
  const sections = new Map(
    [...document.querySelectorAll("[data-question]")].map((box) => [box.dataset.question, box]),
  );
  const hidden = (name) => document.querySelector(`input[name="${name}"]`);
  window.draftForm = { form, words, say, sections, hidden };
})();
