// The parts of a plan: rows that are added, moved and taken out, what they hold, what is shown of them.
// `rowsOf` gives what drafts/saving.js and drafts/standing.js ask of a form.

import { hidden, say } from "../drafts/page.js";
import { tell } from "../numbers/fields.js";
import { comesTo, showTotals } from "./totals.js";

const FRAME = "1";
const OBJECTIVES = "2";
const MILESTONES = "4";
const LINES = "6";
// A row in which only these say something was not filled in.
const CHOSEN = new Set(["key", "kind", "milestone", "objective"]);

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function rowsOf({ form, words, sections }) {
  const linesOf = (box) => [...box.querySelectorAll("[data-line]")];
  const inputsOf = (box) => [...box.querySelectorAll("[data-column]:not([type=hidden])")];
  const isFrame = (box) => box.dataset.question === FRAME;

  function rowOf(line) {
    const row = {};
    for (const input of line.querySelectorAll("[data-column]")) row[input.dataset.column] = input.value;
    for (const set of line.querySelectorAll("[data-column-set]")) {
      const ticked = [...set.querySelectorAll("input:checked")].map((input) => input.value);
      row[set.dataset.columnSet] = ticked.join(",");
    }
    // Where there are no needs to tick, none are answered.
    if (line.closest("[data-question]").dataset.question === OBJECTIVES) row.needs ??= "";
    return row;
  }

  const isFilled = (row) => Object.entries(row).some(([name, value]) => !CHOSEN.has(name) && value.trim());

  function contentOf(box) {
    const rows = linesOf(box).map(rowOf);
    return isFrame(box) ? rows : rows.filter(isFilled);
  }

  function setValue(input, text) {
    const isDay = "day" in input.dataset;
    if (isDay) input.type = "date";
    input.value = text;
    // A picker holds days of the calendar alone; what was typed otherwise must not vanish.
    if (isDay && input.value !== text) Object.assign(input, { type: "text", value: text });
    if ("number" in input.dataset) tell(input);
  }

  function setRow(line, row) {
    for (const input of line.querySelectorAll("[data-column]")) {
      const name = input.dataset.column;
      const fallback = { key: newKey(), kind: "days" }[name] ?? "";
      const value = row[name] ?? fallback;
      // What a select does not know (a milestone of another window) is known a moment later.
      if (input.tagName === "SELECT" && value && ![...input.options].some((one) => one.value === value)) {
        input.add(new Option("…", value));
      }
      setValue(input, value);
    }
    for (const set of line.querySelectorAll("[data-column-set]")) {
      const ticked = (row[set.dataset.columnSet] ?? "").split(",");
      for (const input of set.querySelectorAll("input")) input.checked = ticked.includes(input.value);
    }
  }

  function fill(box, content) {
    const wanted = Math.max(content.length, 1);
    while (linesOf(box).length < wanted) addLine(box);
    for (const line of linesOf(box).slice(wanted)) line.remove();
    linesOf(box).forEach((line, place) => {
      setRow(line, content[place] ?? {});
    });
    number(box);
    refreshAll();
  }

  // The names are those that the server reads (see vouchers/assistance/plans/forms/typed.py).
  function put(data, part, _kind, content) {
    data.set(`rows_${part}`, content.length);
    content.forEach((row, place) => {
      for (const [column, value] of Object.entries(row)) data.set(`part_${part}_${place}_${column}`, value);
    });
  }

  function addLine(box) {
    const lines = linesOf(box);
    const line = lines.at(-1).cloneNode(true);
    for (const remark of line.querySelectorAll(".plan-remark")) remark.remove();
    setRow(line, {});
    lines.at(-1).after(line);
    number(box);
    return line;
  }

  // Names and labels follow the order of the rows.
  function number(box) {
    const part = box.dataset.question;
    const lines = linesOf(box);
    const title = box.querySelector("h2").textContent;
    lines.forEach((line, place) => {
      for (const input of line.querySelectorAll("[data-column]")) {
        const label = line.querySelector(`label[for="${input.id}"]`);
        const output = line.querySelector(`output[for="${input.id}"]`);
        input.name = `part_${part}_${place}_${input.dataset.column}`;
        if (input.type !== "hidden") input.id = input.name;
        if (label) label.htmlFor = input.id;
        output?.setAttribute("for", input.id);
      }
      for (const set of line.querySelectorAll("[data-column-set]")) {
        for (const input of set.querySelectorAll("input")) {
          input.name = `part_${part}_${place}_${set.dataset.columnSet}`;
          input.id = `${input.name}-${input.value}`;
          input.nextElementSibling.htmlFor = input.id;
        }
      }
      if (isFrame(box)) return;
      line.setAttribute("aria-label", `${title} ${place + 1}`);
      line.querySelector("[data-row-number]").textContent = place + 1;
      line.querySelector("[data-move=up]").disabled = place === 0;
      line.querySelector("[data-move=down]").disabled = place === lines.length - 1;
    });
    hidden(`rows_${part}`).value = lines.length;
  }

  function changed(box) {
    number(box);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function removeLine(box, line) {
    const next = line.nextElementSibling ?? line.previousElementSibling;
    if (linesOf(box).length > 1) line.remove();
    else setRow(line, {});
    changed(box);
    (next ?? box).querySelector("[data-column]:not([type=hidden])")?.focus();
  }

  function moveLine(box, line, button) {
    if (button.dataset.move === "up") line.previousElementSibling?.before(line);
    else line.nextElementSibling?.after(line);
    changed(box);
    if (button.disabled) line.querySelector("[data-move]:not(:disabled)")?.focus();
    else button.focus();
  }

  // What a row may choose of another part: the rows that are filled in there, by their keys.
  function refreshChoices(column, part, text) {
    const box = sections.get(part);
    const rows = box ? contentOf(box) : [];
    for (const select of document.querySelectorAll(`select[data-column="${column}"]`)) {
      const chosen = select.value;
      const options = rows.map(
        (row, place) => new Option(`${place + 1}. ${row[text].slice(0, 80)}`, row.key),
      );
      const isKnown = !chosen || rows.some((row) => row.key === chosen);
      select.replaceChildren(new Option("—", ""), ...options, ...(isKnown ? [] : [new Option("…", chosen)]));
      select.value = chosen;
    }
  }

  function refreshKinds() {
    for (const line of linesOf(sections.get(LINES))) {
      const row = rowOf(line);
      const isDays = row.kind === "days";
      line.querySelector("[data-cell=days]").hidden = !isDays;
      line.querySelector("[data-cell=rate]").hidden = !isDays;
      line.querySelector("[data-cell=amount]").hidden = isDays;
      let output = line.querySelector("[data-comes-to]");
      if (!output) {
        output = Object.assign(document.createElement("p"), { className: "plan-comes-to" });
        output.dataset.comesTo = "";
        line.querySelector("[data-cell=amount]").after(output);
      }
      output.textContent = isDays ? comesTo(words, row) : "";
    }
  }

  function refreshAll() {
    refreshChoices("objective", OBJECTIVES, "text");
    refreshChoices("milestone", MILESTONES, "title");
    refreshKinds();
    showTotals(words, {
      lines: contentOf(sections.get(LINES)),
      milestones: contentOf(sections.get(MILESTONES)),
      amount: form.dataset.amount,
    });
  }

  document.addEventListener("click", (event) => {
    const box = event.target.closest("[data-question]");
    const line = event.target.closest("[data-line]");
    const move = event.target.closest("[data-move]");
    if (event.target.closest("[data-add-line]")) {
      event.preventDefault();
      addLine(box).querySelector("[data-column]:not([type=hidden])").focus();
    } else if (event.target.closest("[data-remove-line]")) {
      event.preventDefault();
      removeLine(box, line);
    } else if (move) {
      event.preventDefault();
      moveLine(box, line, move);
    }
  });

  // An indicator of the call brings its name and unit along, where none are written.
  document.addEventListener("change", ({ target }) => {
    if (target.dataset.column !== "code") return;
    const { name, unit } = target.selectedOptions[0].dataset;
    for (const [column, text] of Object.entries({ name, unit })) {
      const input = target.closest("[data-line]").querySelector(`[data-column="${column}"]`);
      if (text && !input.value.trim()) {
        input.value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target.closest("[data-question]")) refreshAll();
  });

  for (const box of sections.values()) number(box);
  refreshAll();

  // A row as a person reads it: what is chosen by its words, not by its key.
  function asLine(box, row) {
    const [sample] = linesOf(box);
    return Object.entries(row)
      .filter(([name, value]) => name !== "key" && value)
      .map(([name, value]) => {
        const select = sample.querySelector(`select[data-column="${name}"]`);
        const option = select && [...select.options].find((one) => one.value === value);
        if (name === "needs") return "";
        return option ? option.textContent : value;
      })
      .filter(Boolean)
      .join(" · ");
  }

  const readable = (box, content) => content.map((row) => asLine(box, row)).join("\n");

  // Both, where both can stand together: theirs first, then the rows that only mine has.
  const join = (theirs, mine) => {
    const known = new Set(theirs.map((row) => row.key));
    return [...theirs, ...mine.filter((row) => !known.has(row.key))];
  };

  function showWarnings(warnings) {
    for (const [part, box] of sections) {
      const list = box.querySelector("[data-warnings]");
      const items = (warnings[part] ?? []).map((text) =>
        Object.assign(document.createElement("li"), { textContent: text }),
      );
      list.replaceChildren(...items);
      list.hidden = !items.length;
    }
  }

  function showOthers(people) {
    const others = document.getElementById("draft-others");
    const text = people.length ? say(words.others, people.join(", ")) : "";
    if (others.textContent !== text) others.textContent = text;
  }

  return {
    contentOf,
    fill,
    put,
    inputsOf,
    isSaved: () => true,
    hasOneField: () => false,
    readable,
    joining: { rows: join },
    showMore(told) {
      showWarnings(told.warnings);
      showOthers(told.others);
    },
    leave: () => location.assign(form.dataset.review),
    afterTakingUp: refreshAll,
    isJudgedWhileTyping: true,
    enclose: () => {},
    hasMore: () => false,
  };
}
