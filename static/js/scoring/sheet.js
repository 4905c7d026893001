// The fields of a score sheet: what they hold, what they still need, and submitting them. `scoresOf`
// gives what drafts/saving.js and drafts/standing.js ask of a form.

import { hidden } from "../drafts/page.js";
import * as timeSpent from "./time.js";

export function scoresOf({ form, words, sections }) {
  const isCriterion = (box) => box.dataset.kind === "criterion";
  const named = (box, name) => document.getElementsByName(`${name}_${box.dataset.question}`);
  const comment = document.querySelector("textarea[name=comment]");
  const TEXTS = ["strengths", "weaknesses"];

  // A score is chosen among buttons, or in a list where the scale is long.
  const choices = (box) => [...named(box, "score")];
  const isList = (box) => choices(box)[0].tagName === "SELECT";
  const scoreIn = (box) =>
    isList(box) ? choices(box)[0].value : (choices(box).find((one) => one.checked)?.value ?? "");

  function giveScore(box, value) {
    if (isList(box)) choices(box)[0].value = value;
    else for (const one of choices(box)) one.checked = one.value === value;
  }

  function contentOf(box) {
    if (!isCriterion(box)) return comment.value;
    const [strengths, weaknesses] = TEXTS.map((name) => named(box, name)[0].value);
    return [{ value: scoreIn(box), strengths, weaknesses }];
  }

  function fill(box, content) {
    if (isCriterion(box)) {
      giveScore(box, content[0].value);
      for (const name of TEXTS) named(box, name)[0].value = content[0][name];
      refresh(box);
    } else {
      comment.value = content;
    }
  }

  // The names are those that the server reads (see vouchers/scoring/assessing/forms/assessments.py).
  function put(data, question, kind, content) {
    if (kind === "comment") return data.set("comment", content);
    data.set(`score_${question}`, content[0].value);
    for (const name of TEXTS) data.set(`${name}_${question}`, content[0][name]);
  }

  function inputsOf(box) {
    if (!isCriterion(box)) return [comment];
    const chosen = choices(box).find((one) => one.checked);
    const texts = TEXTS.map((name) => named(box, name)[0]);
    return [chosen ?? choices(box)[0], ...texts];
  }

  const scoreLabel = (box, value) =>
    (isList(box)
      ? choices(box)[0].selectedOptions[0]
      : choices(box).find((one) => one.value === value)?.nextElementSibling
    )?.textContent ?? value;

  function readable(box, content) {
    if (!isCriterion(box)) return content;
    const [{ value, ...texts }] = content;
    const said = TEXTS.filter((name) => texts[name].trim()).map((name) => `${words[name]}: ${texts[name]}`);
    return [value ? scoreLabel(box, value) : words.noScore, ...said].join("\n");
  }

  const joined = (theirs, mine) =>
    theirs === mine ? mine : [theirs, mine].filter((text) => text.trim()).join("\n\n");
  const joining = {
    comment: joined,
    criterion: ([theirs], [mine]) => [
      {
        value: mine.value,
        ...Object.fromEntries(TEXTS.map((name) => [name, joined(theirs[name], mine[name])])),
      },
    ],
  };

  function need(box) {
    const value = scoreIn(box);
    const said = TEXTS.filter((name) => named(box, name)[0].value.trim()).length;
    if (value && Number(value) < Number(box.dataset.lowestPassing))
      return said < 2 ? words.needBoth : words.needNothing;
    if (!said) return words.needOne;
    return value ? words.needNothing : "";
  }

  function refresh(box) {
    if (!isCriterion(box)) return;
    const value = scoreIn(box);
    const needed = need(box);
    const line = box.querySelector("[data-need]");
    if (needed) line.textContent = needed;
    line.classList.toggle("is-enough", needed === words.needNothing);
    for (const anchor of box.querySelectorAll("[data-anchor]")) {
      anchor.classList.toggle(
        "is-given",
        Boolean(value) && Math.floor(Number(value)) === Number(anchor.dataset.anchor),
      );
    }
    const entry = document.querySelector(`[data-to-criterion="${box.dataset.question}"]`);
    entry.querySelector("[data-given]").textContent = value ? scoreLabel(box, value) : "–";
    entry.classList.toggle("is-done", Boolean(value) && needed === words.needNothing);
  }

  let isSubmitting = false;

  // Asked of the server once more where the line broke: what is submitted already stays so.
  async function submit(page) {
    if (isSubmitting) return;
    isSubmitting = true;
    const data = new FormData();
    data.set("submit", "1");
    data.set("person", form.dataset.person);
    data.set("seconds", timeSpent.seconds());
    try {
      const answer = await fetch(form.dataset.save, {
        method: "POST",
        body: data,
        headers: { "X-CSRFToken": hidden("csrfmiddlewaretoken").value },
        credentials: "same-origin",
        redirect: "error",
        signal: AbortSignal.timeout(20_000),
      });
      const told = await answer.json();
      if (told.url) return location.assign(told.url);
      if (told.refused) return page.showTrouble(told.refused);
      page.showTrouble(words.incomplete);
      page.showAllProblems(told.problems);
    } catch {
      page.showTrouble(words.unsent);
    } finally {
      isSubmitting = false;
    }
  }

  document.addEventListener("input", (event) => {
    const box = event.target.closest("[data-question]");
    if (box) refresh(box);
  });
  for (const box of sections.values()) refresh(box);

  return {
    contentOf,
    fill,
    put,
    inputsOf,
    readable,
    joining,
    isSaved: () => true,
    hasOneField: (box) => !isCriterion(box),
    isJudgedWhileTyping: false,
    afterTakingUp: () => {},
    // Time alone is not worth a request; it goes along with what is typed, or when the page is left.
    enclose: (data, { isChange, isLast }) => {
      if (isChange || isLast) data.set("seconds", timeSpent.seconds());
    },
    hasMore: () => timeSpent.seconds() >= 5,
    showMore: (told) => timeSpent.counted(told.counted),
    leave: (_go, page) => submit(page),
  };
}
