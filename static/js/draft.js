// What a person sees of a draft that saves itself: how it stands, who else is here, and what others
// changed meanwhile.
(() => {
  if (!window.draftSaving) return;
  const {
    form, words, say, sections, contentOf, fill, inputsOf, hidden, isTable, isChosen, isSaved,
  } = window.draftForm;
  const saving = window.draftSaving;
  const status = document.getElementById("draft-status");
  const said = document.getElementById("draft-said");
  const clock = document.getElementById("draft-clock");
  const others = document.getElementById("draft-others");
  let savedAt = 0;
  let current = "";
  let isTroubled = false;

  const element = (name, text, className = "") =>
    Object.assign(document.createElement(name), { textContent: text, className });

  // Every pause in typing changes the line that is seen; a voice tells only trouble, and its end.
  function show(text, { trouble = false, link } = {}) {
    if (text === current) return;
    if (trouble || isTroubled) said.textContent = text;
    current = text;
    isTroubled = trouble;
    status.replaceChildren(text, ...(link ? [" ", link] : []));
    status.classList.toggle("below", trouble);
  }

  const showTrouble = (text, link) => show(text, { trouble: true, link });

  const since = (moment) => {
    const seconds = Math.max(0, Math.round((Date.now() - moment) / 1000));
    return seconds < 60 ? say(words.seconds, seconds) : say(words.minutes, Math.round(seconds / 60));
  };

  setInterval(() => {
    clock.textContent = current === words.saved && savedAt ? say(words.ago, since(savedAt)) : "";
  }, 1000);

  const logInLink = () =>
    Object.assign(element("a", words.logIn), { href: words.login, target: "_blank" });

  // A line of a table as a person reads it, in the order of its columns.
  const asLine = (box, row) =>
    [...box.querySelector("[data-line]").querySelectorAll("[data-column]")]
      .map((input) => row[input.dataset.column]).filter(Boolean).join(" · ");
  const chosenIn = (content) => content.split(",").filter(Boolean);

  function readable(box, content) {
    if (isTable(box)) return content.map((row) => asLine(box, row)).join("\n");
    // An option is chosen by its number, which nobody reads.
    if (isChosen(box)) {
      return chosenIn(content)
        .map((value) => box.querySelector(`input[value="${value}"] ~ label`)?.textContent ?? value).join("\n");
    }
    return content;
  }

  function quote(box, content) {
    const text = element("blockquote", readable(box, content) || words.nothing, "user-text");
    text.dir = "auto";
    return text;
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

  const contentIn = (box, item) => (isTable(box) ? item.rows : item.text);

  function showConflict(box, item) {
    const place = box.querySelector("[data-conflict]");
    const theirs = contentIn(box, item);
    const panel = element("div", "", "alert alert-warning");
    panel.setAttribute("role", "alert");
    const buttons = element("div", "", "form-buttons");
    const choice = (label, chosen) => {
      const button = Object.assign(element("button", label, "btn btn-outline-primary btn-sm"), { type: "button" });
      button.addEventListener("click", () => {
        if (chosen) fill(box, chosen());
        place.replaceChildren();
        inputsOf(box)[0].focus();
        saving.decide(box, item.version);
      });
      buttons.append(button);
    };
    choice(words.keepMine);
    choice(words.takeTheirs, () => theirs);
    const join = joining[box.dataset.kind];
    if (join) choice(words.join, () => join(theirs, contentOf(box), box));
    const mine = quote(box, contentOf(box));
    mine.dataset.mine = "";
    const isOwn = item.by === form.dataset.name;
    panel.append(
      element("p", isOwn ? words.ownElsewhere : say(words.theirs, item.by)), quote(box, theirs),
      element("p", words.yours), mine, buttons,
    );
    place.replaceChildren(panel);
  }

  // Nobody is interrupted in the middle of a field; it comes once they have left it.
  function takeOver(item) {
    const box = sections.get(String(item.question));
    if (!box || box.contains(document.activeElement)) return;
    fill(box, contentIn(box, item));
    hidden(`seen_${item.question}`).value = item.version;
    tellBeside(box, say(words.changedBy, item.by, since(Date.parse(item.at))));
  }

  function tellBeside(box, text) {
    const line = box.querySelector("[data-changed]");
    line.hidden = !text;
    line.textContent = text;
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

  // While somebody writes their first words, nothing is wrong with them yet; once it is told, it is
  // kept true.
  function showProblems(problems, sent) {
    for (const [question, box] of sections) {
      const list = box.querySelector("[data-problems]");
      if (!sent.has(question) && list.hidden) continue;
      const sentences = problems[question] ?? [];
      list.replaceChildren(...sentences.map((sentence) => element("li", sentence)));
      list.hidden = !sentences.length;
      if (isSaved(box) && !isTable(box) && !isChosen(box)) {
        inputsOf(box)[0].setAttribute("aria-invalid", Boolean(sentences.length));
      }
    }
  }

  function showOthers(people) {
    const there = people.map(({ name, place }) => say(words.otherPlace, name, place)).join(", ");
    const text = people.length ? say(words.others, there) : "";
    if (others.textContent !== text) others.textContent = text;
  }

  // What appears above a field does not push it away under the hands of who writes in it.
  function whereOneWrites(change) {
    const field = document.activeElement.closest("[data-question]") ? document.activeElement : null;
    const before = field?.getBoundingClientRect().top;
    change();
    if (field) scrollBy(0, field.getBoundingClientRect().top - before);
  }

  function settled(told) {
    for (const item of told.opposed) {
      const box = sections.get(String(item.question));
      if (box) showConflict(box, item);
    }
    whereOneWrites(() => {
      told.changed.forEach(takeOver);
      showProblems(told.problems, told.sent);
      showProgress(told.sections);
      showOthers(told.others);
      for (const [question, box] of sections) box.hidden = !told.shown.includes(Number(question));
      window.draftForm.showConditions();
    });
    showStanding(told);
  }

  function showStanding({ left, sent }) {
    const opposed = [...saving.conflicts.keys()];
    if (opposed.some((question) => sections.has(question))) return showTrouble(words.conflict);
    if (opposed.length) return showTrouble(words.elsewhere);
    if (left) return show(words.waiting);
    if (sent.size) savedAt = Date.now();
    return show(savedAt ? words.saved : words.idle);
  }

  // While there is trouble it stays told: that something waits goes without saying.
  const reactions = {
    waiting: () => isTroubled || show(words.waiting),
    saving: () => isTroubled || show(words.saving),
    offline: () => showTrouble(saving.pending() ? words.offline : words.offlineIdle),
    silent: () => showTrouble(words.silent),
    full: () => showTrouble(words.full),
    refused: (sentence) => showTrouble(sentence || words.silent),
    "logged-out": () => showTrouble(words.loggedOut, logInLink()),
    "somebody-else": () => showTrouble(words.somebodyElse, logInLink()),
    restored: (box) => tellBeside(box, words.restored),
    settled,
  };
  saving.listen((what, detail) => reactions[what](detail));

  document.addEventListener("input", (event) => {
    const box = event.target.closest("[data-question]");
    if (!box || !isSaved(box)) return;
    saving.note(box);
    tellBeside(box, "");
    const mine = box.querySelector("[data-mine]");
    if (mine) mine.textContent = readable(box, contentOf(box)) || words.nothing;
  });

  const waitsForChoice = () => document.querySelector("[data-conflict] button");

  // The buttons save what is open first: without a line the page stays, and everything on it.
  form.addEventListener("submit", async (event) => {
    const go = event.submitter?.value;
    event.preventDefault();
    const isDone = (await saving.send()) || (await saving.send());
    if (waitsForChoice()) {
      waitsForChoice().focus();
      return;
    }
    if (!isDone && !saving.conflicts.size) {
      if (current === words.offline) showTrouble(words.unsaved);
      return;
    }
    if (isDone) said.textContent = words.saved;
    if (!go) return;
    isTroubled = false;
    location.assign(go === "review" ? form.dataset.review : form.action.replace(/\d+\/$/, `${go}/`));
  });

  // What is typed saves itself; only where that does not work, leaving wants a second thought.
  delete form.dataset.guard;
  addEventListener("beforeunload", (event) => {
    if (isTroubled && saving.pending()) event.preventDefault();
  });

  show(words.idle);
  saving.send();
})();
