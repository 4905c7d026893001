// The fields of a record of needs: a row for each need, and the decisions. `needsOf` gives what
// drafts/saving.js and drafts/standing.js ask of a form.

export function needsOf({ form, words }) {
  const TEXTS = ["what", "evidence", "existing"];
  const FIELDS = ["what", "priority", "evidence", "existing"];
  const isNeed = (box) => box.dataset.kind === "need";
  const decisions = document.querySelector("textarea[name=decisions]");
  const field = (box, name) => document.getElementsByName(`${name}_${box.dataset.question}`)[0];

  function contentOf(box) {
    if (!isNeed(box)) return decisions.value;
    return [Object.fromEntries(FIELDS.map((name) => [name, field(box, name).value]))];
  }

  function fill(box, content) {
    if (!isNeed(box)) {
      decisions.value = content;
      return;
    }
    for (const name of FIELDS) field(box, name).value = content[0][name];
  }

  // The names are those that the server reads (see vouchers/assistance/needs/forms/records.py).
  function put(data, question, kind, content) {
    if (kind === "decisions") {
      data.set("decisions", content);
      return;
    }
    for (const name of FIELDS) data.set(`${name}_${question}`, content[0][name]);
  }

  const priorityName = (box, value) =>
    [...field(box, "priority").options].find((option) => option.value === value)?.textContent ?? value;

  function readable(box, content) {
    if (!isNeed(box)) return content;
    const [need] = content;
    const said = TEXTS.filter((name) => need[name].trim()).map((name) => `${words[name]}: ${need[name]}`);
    return [...said, `${words.priority}: ${priorityName(box, need.priority)}`].join("\n");
  }

  const joined = (theirs, mine) =>
    theirs === mine ? mine : [theirs, mine].filter((text) => text.trim()).join("\n\n");

  return {
    contentOf,
    fill,
    put,
    readable,
    inputsOf: (box) => (isNeed(box) ? FIELDS.map((name) => field(box, name)) : [decisions]),
    joining: {
      decisions: joined,
      need: ([theirs], [mine]) => [
        {
          priority: mine.priority,
          ...Object.fromEntries(TEXTS.map((name) => [name, joined(theirs[name], mine[name])])),
        },
      ],
    },
    isSaved: () => true,
    hasOneField: (box) => !isNeed(box),
    isJudgedWhileTyping: false,
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
