// The fields of a draft of an application: what they hold, counting words and adding up lines, what is
// shown. `answersOf` gives what drafts/saving.js and drafts/standing.js ask of a form.

import { hidden, say } from "../drafts/page.js";
import { shown, tell } from "../numbers/fields.js";
import { read } from "../numbers/reading.js";

const isTable = (box) => box.dataset.kind === "budget" || box.dataset.kind === "milestones";
const isChosen = (box) => box.dataset.kind === "choice" || box.dataset.kind === "choices";
const isSaved = (box) => box.dataset.kind !== "file";
const MONEY = { places: 2, alone: "thousands" };

// White space as Python sees it, so that browser and server count the same words.
const WHITE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const WORD = new RegExp(`[^${WHITE}]+`, "g");
export const wordCount = (text) => (text.match(WORD) || []).length;

export function answersOf({ form, words, sections }) {
  const inputsOf = (box) => [...box.querySelectorAll(`[name^="answer_${box.dataset.question}"]`)];
  const linesOf = (box) => [...box.querySelectorAll("[data-line]")];

  function contentOf(box) {
    if (isTable(box)) {
      return linesOf(box)
        .map((line) =>
          Object.fromEntries(
            [...line.querySelectorAll("[data-column]")].map((input) => [input.dataset.column, input.value]),
          ),
        )
        .filter((row) => Object.values(row).some((value) => value.trim()));
    }
    const inputs = inputsOf(box);
    if (isChosen(box)) {
      return inputs
        .filter((input) => input.checked)
        .map((input) => input.value)
        .join(",");
    }
    return inputs[0].value;
  }

  function fill(box, content) {
    if (isTable(box)) {
      while (linesOf(box).length < content.length + 1) addLine(box);
      linesOf(box).forEach((line, number) => {
        for (const input of line.querySelectorAll("[data-column]")) {
          setValue(input, content[number]?.[input.dataset.column] ?? "");
        }
      });
    } else if (isChosen(box)) {
      const chosen = content.split(",");
      for (const input of inputsOf(box)) input.checked = chosen.includes(input.value);
    } else {
      setValue(inputsOf(box)[0], content);
    }
    refresh(box);
  }

  function setValue(input, text) {
    const isDay = "day" in input.dataset;
    if (isDay) input.type = "date";
    input.value = text;
    // A picker holds days of the calendar alone; what was typed otherwise must not vanish.
    if (isDay && input.value !== text) Object.assign(input, { type: "text", value: text });
    if ("number" in input.dataset) tell(input);
  }

  // The names are those that the server reads (see vouchers/applications/forms/answers.py).
  function put(data, question, kind, content) {
    if (Array.isArray(content)) {
      data.set(`lines_${question}`, content.length);
      content.forEach((row, line) => {
        for (const [column, value] of Object.entries(row))
          data.set(`answer_${question}_${line}_${column}`, value);
      });
    } else if (kind === "choices") {
      data.set(`asked_${question}`, 1);
      for (const value of content.split(",").filter(Boolean)) data.append(`answer_${question}`, value);
    } else {
      data.set(`answer_${question}`, content);
    }
  }

  function addLine(box) {
    const lines = linesOf(box);
    const line = lines.at(-1).cloneNode(true);
    line.querySelector("[data-remove-line]")?.remove();
    for (const input of line.querySelectorAll("[data-column]")) setValue(input, "");
    lines.at(-1).after(line);
    number(box);
    return line;
  }

  // Names and labels follow the order of the lines.
  function number(box) {
    const lines = linesOf(box);
    lines.forEach((line, place) => {
      for (const input of line.querySelectorAll("[data-column]")) {
        input.name = input.id = `answer_${box.dataset.question}_${place}_${input.dataset.column}`;
        const label = input.parentElement.querySelector("label");
        label.htmlFor = input.id;
        input.parentElement.querySelector("output")?.setAttribute("for", input.id);
        label.querySelector("[data-in-line]").textContent = ` ${say(words.inLine, place + 1)}`;
      }
      removalButton(line, place + 1);
    });
    hidden(`lines_${box.dataset.question}`).value = lines.length;
  }

  function removalButton(line, place) {
    let button = line.querySelector("[data-remove-line]");
    if (!button) {
      button = document.createElement("button");
      Object.assign(button, {
        type: "button",
        className: "btn btn-link btn-sm line-remove",
        textContent: "×",
      });
      button.dataset.removeLine = "";
      line.append(button);
    }
    button.setAttribute("aria-label", say(words.removeLine, place));
  }

  function removeLine(box, line) {
    if (linesOf(box).length > 1) line.remove();
    else for (const input of line.querySelectorAll("[data-column]")) setValue(input, "");
    number(box);
    box.querySelector("[data-add-line]").focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function refresh(box) {
    count(box);
    addUp(box);
  }

  function count(box) {
    const output = box.querySelector("[data-count]");
    if (!output) return;
    const input = inputsOf(box)[0];
    const written = wordCount(input.value);
    const most = input.dataset.maxWords;
    output.textContent = most ? say(words.words, written, most) : say(words.wordsPlain, written);
    output.classList.toggle("too-many", Boolean(most) && written > Number(most));
  }

  function addUp(box) {
    const output = box.querySelector("[data-total]");
    if (!output) return;
    const cents = contentOf(box).reduce(
      (sum, row) => sum + Math.round(Number(read(row.amount, MONEY).number ?? 0) * 100),
      0,
    );
    const money = (amount) => shown(amount.toFixed(2), 2);
    output.textContent = say(words.total, money(cents / 100), money(Number(output.dataset.most)));
    output.classList.toggle("too-many", cents > Math.round(Number(output.dataset.most) * 100));
  }

  // A question hangs on an earlier one of this page; on one of another page the server decides.
  function showConditions() {
    for (const box of sections.values()) {
      const earlier = sections.get(box.dataset.depends);
      if (!earlier) continue;
      const chosen = contentOf(earlier).split(",");
      box.hidden = earlier.hidden || !chosen.includes(box.dataset.dependsValue);
    }
  }

  document.addEventListener("click", (event) => {
    const box = event.target.closest("[data-question]");
    if (event.target.closest("[data-add-line]")) {
      event.preventDefault();
      addLine(box).querySelector("[data-column]").focus();
    } else if (event.target.closest("[data-remove-line]")) {
      removeLine(box, event.target.closest("[data-line]"));
    }
  });
  document.addEventListener("input", (event) => {
    const box = event.target.closest("[data-question]");
    if (!box || !isSaved(box)) return;
    refresh(box);
    showConditions();
  });

  for (const box of sections.values()) {
    if (isTable(box)) number(box);
    if (isSaved(box)) refresh(box);
  }
  // On a narrow screen the guidance is there to be opened.
  if (matchMedia("(max-width: 991px)").matches) {
    for (const guidance of document.querySelectorAll("details.guidance")) guidance.open = false;
  }

  // A line of a table as a person reads it, in the order of its columns.
  const asLine = (box, row) =>
    [...box.querySelector("[data-line]").querySelectorAll("[data-column]")]
      .map((input) => row[input.dataset.column])
      .filter(Boolean)
      .join(" · ");
  const chosenIn = (content) => content.split(",").filter(Boolean);

  function readable(box, content) {
    if (isTable(box)) return content.map((row) => asLine(box, row)).join("\n");
    // An option is chosen by its number, which nobody reads.
    if (isChosen(box)) {
      return chosenIn(content)
        .map((value) => box.querySelector(`input[value="${value}"] ~ label`)?.textContent ?? value)
        .join("\n");
    }
    return content;
  }

  // Both, where both can stand together: theirs first, then what only mine holds.
  const joining = {
    long_text: (theirs, mine) => `${theirs}\n\n${mine}`,
    short_text: (theirs, mine) => `${theirs} ${mine}`,
    choices: (theirs, mine) => [...new Set([...chosenIn(theirs), ...chosenIn(mine)])].sort().join(","),
    milestones: joinedLines,
    budget: joinedLines,
  };

  function joinedLines(theirs, mine, box) {
    const known = new Set(theirs.map((row) => asLine(box, row)));
    return [...theirs, ...mine.filter((row) => !known.has(asLine(box, row)))];
  }

  function showProgress(progress) {
    for (const { place, done, wanted, problems } of progress) {
      const step = document.querySelector(`[data-step="${place}"]`);
      const line = step?.querySelector("[data-progress]");
      if (line) line.textContent = wanted ? say(words.progress, done, wanted) : words.optional;
      if (step && !step.classList.contains("is-current")) {
        step.classList.toggle("is-done", !problems);
        step.classList.toggle("is-todo", Boolean(problems));
      }
    }
  }

  function showOthers(people) {
    const others = document.getElementById("draft-others");
    const there = people.map(({ name, place }) => say(words.otherPlace, name, place)).join(", ");
    const text = people.length ? say(words.others, there) : "";
    if (others.textContent !== text) others.textContent = text;
  }

  // What the server tells of an application beside its answers.
  function showMore(told) {
    showProgress(told.sections);
    showOthers(told.others);
    for (const [question, box] of sections) box.hidden = !told.shown.includes(Number(question));
    showConditions();
  }

  function leave(go) {
    location.assign(go === "review" ? form.dataset.review : form.action.replace(/\d+\/$/, `${go}/`));
  }

  return {
    contentOf,
    fill,
    put,
    inputsOf,
    isSaved,
    readable,
    joining,
    showMore,
    leave,
    wordCount,
    afterTakingUp: showConditions,
    hasOneField: (box) => !isTable(box) && !isChosen(box),
    isJudgedWhileTyping: true,
    enclose: (data) => data.set("place", form.dataset.place),
    hasMore: () => false,
  };
}
