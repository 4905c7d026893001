// The parts of a final report: rows that are given (indicators of the plan, pictures), with what is typed
// of each. `partsOf` gives what drafts/saving.js and drafts/standing.js ask of a form.

import { tell } from "../numbers/fields.js";

export function partsOf({ form }) {
  const linesOf = (box) => [...box.querySelectorAll("[data-line]")];
  const fieldsOf = (line) => [...line.querySelectorAll("[data-column]")];
  const inputsOf = (box) => [...box.querySelectorAll("[data-column]:not([type=hidden])")];

  const rowOf = (line) =>
    Object.fromEntries(fieldsOf(line).map((input) => [input.dataset.column, input.value]));
  const contentOf = (box) => linesOf(box).map(rowOf);

  // Which row is which is told by its key; a part without keys has one row.
  function fill(box, content) {
    for (const line of linesOf(box)) {
      const { key } = rowOf(line);
      const row = content.find((one) => one.key === key) ?? {};
      for (const input of fieldsOf(line)) {
        if (input.dataset.column === "key") continue;
        input.value = row[input.dataset.column] ?? "";
        if ("number" in input.dataset) tell(input);
      }
    }
  }

  // The names are those that the server reads (see drafts/forms.py).
  function put(data, part, _kind, content) {
    data.set(`rows_${part}`, content.length);
    content.forEach((row, place) => {
      for (const [column, value] of Object.entries(row)) data.set(`part_${part}_${place}_${column}`, value);
    });
  }

  function wordOf(box, column, value) {
    const select = box.querySelector(`select[data-column="${column}"]`);
    return [...(select?.options ?? [])].find((one) => one.value === value)?.textContent ?? value;
  }

  const readable = (box, content) =>
    content
      .map((row) =>
        Object.entries(row)
          .filter(([name, value]) => name !== "key" && value.trim())
          .map(([name, value]) => wordOf(box, name, value))
          .join(" · "),
      )
      .filter(Boolean)
      .join("\n");

  const joined = (theirs, mine) =>
    theirs === mine ? mine : [theirs, mine].filter((text) => text?.trim()).join("\n\n");
  const isText = (box, name) => box?.querySelector(`textarea[data-column="${name}"]`);

  return {
    contentOf,
    fill,
    put,
    readable,
    inputsOf,
    joining: {
      rows: (theirs, mine) =>
        mine.map((row) => {
          const other = theirs.find((one) => one.key === row.key) ?? {};
          return Object.fromEntries(
            Object.entries(row).map(([name, value]) => [
              name,
              isText(document, name) ? joined(other[name] ?? "", value) : value,
            ]),
          );
        }),
    },
    isSaved: () => true,
    hasOneField: () => false,
    isJudgedWhileTyping: true,
    afterTakingUp: () => {},
    enclose: () => {},
    hasMore: () => false,
    showMore: () => {},
    // All is saved: what the button asks for besides is a page of its own.
    leave(go) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "go", value: go }));
      form.submit();
    },
  };
}
