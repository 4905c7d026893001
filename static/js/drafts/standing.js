// What a person sees of a draft that saves itself: how it stands, who else is here, and what others
// changed meanwhile.

import { hidden, say } from "./page.js";

const element = (name, text, className = "") =>
  Object.assign(document.createElement(name), { textContent: text, className });

export function showDraft({ form, words, sections }, parts, saving) {
  const {
    contentOf,
    fill,
    inputsOf,
    isSaved,
    hasOneField,
    readable,
    joining,
    showMore,
    leave,
    isJudgedWhileTyping,
  } = parts;
  const status = document.getElementById("draft-status");
  const said = document.getElementById("draft-said");
  const clock = document.getElementById("draft-clock");
  let savedAt = 0;
  let current = "";
  let isTroubled = false;

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

  const logInLink = () => Object.assign(element("a", words.logIn), { href: words.login, target: "_blank" });

  function quote(box, content) {
    const text = element("blockquote", readable(box, content) || words.nothing, "user-text");
    text.dir = "auto";
    return text;
  }

  const contentIn = (box, item) => (Array.isArray(contentOf(box)) ? item.rows : item.text);

  function showConflict(box, item) {
    const place = box.querySelector("[data-conflict]");
    const theirs = contentIn(box, item);
    const panel = element("div", "", "alert alert-warning");
    panel.setAttribute("role", "alert");
    const buttons = element("div", "", "form-buttons");
    const choice = (label, chosen) => {
      const button = Object.assign(element("button", label, "btn btn-outline-primary btn-sm"), {
        type: "button",
      });
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
      element("p", isOwn ? words.ownElsewhere : say(words.theirs, item.by)),
      quote(box, theirs),
      element("p", words.yours),
      mine,
      buttons,
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

  // While somebody writes their first words, nothing is wrong with them yet; once it is told, it is
  // kept true.
  function showProblems(problems, sent) {
    for (const [question, box] of sections) {
      const list = box.querySelector("[data-problems]");
      if (list.hidden && !(isJudgedWhileTyping && sent.has(question))) continue;
      showProblem(box, list, problems[question] ?? []);
    }
  }

  function showProblem(box, list, sentences) {
    list.replaceChildren(...sentences.map((sentence) => element("li", sentence)));
    list.hidden = !sentences.length;
    if (isSaved(box) && hasOneField(box))
      inputsOf(box)[0].setAttribute("aria-invalid", Boolean(sentences.length));
  }

  // What keeps a draft from being sent: told beside every part, the first of them in sight.
  function showAllProblems(problems) {
    for (const [question, box] of sections) {
      showProblem(box, box.querySelector("[data-problems]"), problems[question] ?? []);
    }
    const first = [...sections.keys()].find((question) => problems[question]);
    if (first) inputsOf(sections.get(first))[0].focus();
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
      showMore(told);
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
    leave(go, { showTrouble, showAllProblems });
  });

  // What is typed saves itself; only where that does not work, leaving wants a second thought.
  delete form.dataset.guard;
  addEventListener("beforeunload", (event) => {
    if (isTroubled && saving.pending()) event.preventDefault();
  });

  show(words.idle);
  saving.send();
}
