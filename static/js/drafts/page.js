// A page on which a draft saves itself: its form, its parts (each a question with an answer of its own,
// by the id of the question), and what its scripts say.

export const say = (text, ...values) => values.reduce((said, value) => said.replace("%s", () => value), text);

export const hidden = (name) => document.querySelector(`input[name="${name}"]`);

// The draft of the page; null where the page has none, such as one that is only read.
export function draftPage() {
  const form = document.getElementById("draft");
  if (!form) return null;
  const words = Object.assign(
    {},
    ...[...document.querySelectorAll("[data-draft-words]")].map((said) => said.dataset),
  );
  const sections = new Map(
    [...document.querySelectorAll("[data-question]")].map((box) => [box.dataset.question, box]),
  );
  return { form, words, sections };
}
