// What a person sees of a draft that saves itself: how it stands, who else is here, and what others
// changed meanwhile.
(() => {
  if (!window.draftSaving) return;
  const { form, words, say, sections, contentOf, fill, hidden, isSaved } = window.draftForm;
  const saving = window.draftSaving;
  const status = document.getElementById("draft-status");
  const clock = document.getElementById("draft-clock");
  const others = document.getElementById("draft-others");
  let savedAt = 0;
  let current = "";

  function show(text, kind = "") {
    if (text === current) return;
    current = text;
    status.textContent = text;
    status.classList.toggle("below", kind === "problem");
    delete form.dataset.typed;
    if (kind === "problem" && saving.pending()) form.dataset.typed = "yes";
  }

  const since = (moment) => {
    const seconds = Math.max(0, Math.round((Date.now() - moment) / 1000));
    return seconds < 60 ? say(words.seconds, seconds) : say(words.minutes, Math.round(seconds / 60));
  };

  // Beside the live region, so that a reader's voice does not count the seconds.
  setInterval(() => {
    clock.textContent = current === words.saved && savedAt ? say(words.ago, since(savedAt)) : "";
  }, 1000);

  function showLogIn() {
    show(words.loggedOut, "problem");
    const link = document.createElement("a");
    Object.assign(link, { href: words.login, target: "_blank", textContent: words.logIn });
    status.append(" ", link);
  }

  const element = (name, text, className = "") =>
    Object.assign(document.createElement(name), { textContent: text, className });

  const asText = (content) =>
    Array.isArray(content) ? content.map((row) => Object.values(row).join(" · ")).join("\n") : content;

  // An option is chosen by its number, which nobody reads.
  const readable = (box, content) =>
    box.dataset.kind === "choice" || box.dataset.kind === "choices"
      ? content.split(",").map((value) => box.querySelector(`input[value="${value}"] ~ label`)?.textContent ?? value).join("\n")
      : asText(content);

  function quote(box, content) {
    const text = element("blockquote", readable(box, content), "user-text");
    text.dir = "auto";
    return text;
  }

  function showConflict(box, item) {
    const place = box.querySelector("[data-conflict]");
    const theirs = Array.isArray(contentOf(box)) ? item.rows : item.text;
    const panel = element("div", "", "alert alert-warning");
    panel.setAttribute("role", "alert");
    const buttons = element("div", "", "form-buttons");
    const choice = (label, content) => {
      const button = Object.assign(element("button", label, "btn btn-outline-primary btn-sm"), { type: "button" });
      button.addEventListener("click", () => {
        if (content !== undefined) fill(box, content);
        place.replaceChildren();
        saving.decide(box, item.version);
      });
      buttons.append(button);
    };
    choice(words.keepMine);
    choice(words.takeTheirs, theirs);
    if (box.dataset.kind === "long_text" || box.dataset.kind === "short_text") {
      choice(words.join, `${theirs}\n\n${contentOf(box)}`);
    }
    panel.append(
      element("p", say(words.theirs, item.by)), quote(box, theirs),
      element("p", words.yours), quote(box, contentOf(box)), buttons,
    );
    place.replaceChildren(panel);
  }

  function takeOver(item) {
    const box = sections.get(String(item.question));
    if (!box || box.contains(document.activeElement)) return;
    fill(box, Array.isArray(contentOf(box)) ? item.rows : item.text);
    hidden(`seen_${item.question}`).value = item.version;
    const line = box.querySelector("[data-changed]");
    line.hidden = false;
    line.textContent = say(words.changedBy, item.by, since(Date.parse(item.at)));
  }

  function showProgress(progress) {
    for (const { place, done, problems } of progress) {
      const step = document.querySelector(`[data-step="${place}"]`);
      const number = step?.querySelector("[data-done]");
      if (number) number.textContent = done;
      if (step && !step.classList.contains("is-current")) {
        step.classList.toggle("is-done", !problems);
        step.classList.toggle("is-todo", Boolean(problems));
      }
    }
  }

  function showProblems(problems, sent) {
    for (const [question, box] of sections) {
      const list = box.querySelector("[data-problems]");
      if (!list || (!sent.has(question) && list.hidden)) continue;
      const sentences = problems[question] ?? [];
      list.replaceChildren(...sentences.map((sentence) => element("li", sentence)));
      list.hidden = !sentences.length;
    }
  }

  function showOthers(people) {
    others.hidden = !people.length;
    const there = people.map(({ name, place }) => say(words.otherPlace, name, place)).join(", ");
    others.textContent = people.length ? say(words.others, there) : "";
  }

  function settled(told) {
    for (const item of told.overtaken) {
      const box = sections.get(String(item.question));
      if (box) showConflict(box, item);
      else show(words.elsewhere, "problem");
    }
    told.changed.forEach(takeOver);
    showProblems(told.problems, told.sent);
    showProgress(told.sections);
    showOthers(told.others);
    for (const [question, box] of sections) box.hidden = !told.shown.includes(Number(question));
    window.draftForm.showConditions();
  }

  const reactions = {
    waiting: () => show(words.waiting),
    saving: () => show(words.saving),
    saved: () => { savedAt = Date.now(); show(words.saved); },
    offline: () => show(saving.pending() ? words.offline : words.offlineIdle, "problem"),
    full: () => show(words.full, "problem"),
    refused: (sentence) => show(sentence || words.offline, "problem"),
    "logged-out": showLogIn,
    "somebody-else": () => show(words.somebodyElse, "problem"),
    settled,
  };
  saving.listen((what, detail) => reactions[what](detail));

  document.addEventListener("input", (event) => {
    const box = event.target.closest("[data-question]");
    if (box && isSaved(box)) saving.note(box);
  });

  // The buttons save what is open first: without a line the page stays, and everything on it.
  form.addEventListener("submit", async (event) => {
    const go = event.submitter?.value;
    event.preventDefault();
    if (saving.pending() && !(await saving.send()) && !(await saving.send())) {
      if (!saving.conflicts.size) show(words.unsaved, "problem");
      return;
    }
    if (!go) return;
    try {
      await fetch(form.dataset.session, { method: "GET", cache: "no-store" });
    } catch {
      show(words.unsaved, "problem");
      return;
    }
    delete form.dataset.typed;
    location.assign(go === "review" ? form.dataset.review : form.action.replace(/\d+\/$/, `${go}/`));
  });

  show(words.idle);
  if (saving.takeUp()) show(words.restored);
})();
