// What is typed in a draft, on its way to the server: kept in this browser until the server has it,
// sent a moment after each pause, again and again while the line is down or the session is over.
// Saved with fetch and JSON rather than by htmx: several answers wait in one queue that outlives the
// page, and each is let go only when the server confirms just that content.
(() => {
  if (!window.draftForm) return;
  const { form, sections, hidden, contentOf, put, isSaved } = window.draftForm;
  const { application, person, place } = form.dataset;
  const PREFIX = `draft:${person}:${application}:`;
  const PAUSE = 1000;
  const LONGEST_PAUSE = 30000;
  const HEARTBEAT = 15000;
  const PATIENCE = 20000;

  const listeners = [];
  const tell = (what, detail) => listeners.forEach((listener) => listener(what, detail));
  // Used where localStorage is full or forbidden: then a page that closes loses what is not saved.
  const memory = new Map();

  const waiting = {
    keep(question, entry) {
      memory.set(question, entry);
      try {
        localStorage.setItem(PREFIX + question, JSON.stringify(entry));
      } catch {
        tell("full");
      }
    },
    drop(question) {
      memory.delete(question);
      try { localStorage.removeItem(PREFIX + question); } catch { /* nothing was kept there */ }
    },
    entries() {
      const found = new Map(memory);
      try {
        for (const key of Object.keys(localStorage)) {
          if (key.startsWith(PREFIX) && !found.has(key.slice(PREFIX.length))) {
            found.set(key.slice(PREFIX.length), JSON.parse(localStorage.getItem(key)));
          }
        }
      } catch { /* what the memory holds is all there is */ }
      return found;
    },
  };

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const seenOf = (question) => Number(hidden(`seen_${question}`)?.value ?? 0);
  const conflicts = new Set();
  let timer = 0;
  let failures = 0;
  let sending = null;

  function note(box) {
    const question = box.dataset.question;
    waiting.keep(question, { kind: box.dataset.kind, content: contentOf(box), seen: seenOf(question) });
    tell("waiting");
    schedule(PAUSE);
  }

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  function load() {
    const data = new FormData();
    data.set("place", place);
    for (const [question, box] of sections) if (isSaved(box)) data.set(`seen_${question}`, seenOf(question));
    const sent = new Map();
    for (const [question, entry] of waiting.entries()) {
      if (conflicts.has(question)) continue;
      put(data, question, entry.kind, entry.content);
      data.set(`seen_${question}`, entry.seen);
      sent.set(question, entry);
    }
    return { data, sent };
  }

  function post(data, options = {}) {
    return fetch(form.dataset.save, {
      method: "POST",
      body: data,
      headers: { "X-CSRFToken": hidden("csrfmiddlewaretoken").value },
      credentials: "same-origin",
      redirect: "error",
      ...options,
    });
  }

  // One request at a time, so that versions follow one another; true when nothing waits any more.
  function send() {
    sending ??= attempt().finally(() => { sending = null; });
    return sending;
  }

  async function attempt() {
    clearTimeout(timer);
    const { data, sent } = load();
    if (sent.size) tell("saving");
    let answer;
    try {
      answer = await post(data, { signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      return retry("offline");
    }
    if (answer.status === 401 || answer.status === 403 || answer.status === 404) return resume();
    if (answer.status === 409 || answer.status === 413 || answer.status === 400) {
      const told = await answer.json().catch(() => ({}));
      tell("refused", told.refused);
      schedule(LONGEST_PAUSE);
      return false;
    }
    if (!answer.ok) return retry("offline");
    failures = 0;
    let told;
    try { told = await answer.json(); } catch { return retry("offline"); }
    return settle(told, sent);
  }

  function retry(reason) {
    failures += 1;
    tell(reason);
    schedule(Math.min(LONGEST_PAUSE, PAUSE * 2 ** failures));
    return false;
  }

  // The session is over, or its token is: go on by oneself once the same person is logged in again.
  async function resume() {
    let answer;
    try {
      answer = await fetch(form.dataset.session, { credentials: "same-origin", cache: "no-store" });
    } catch {
      return retry("offline");
    }
    if (!answer.ok) {
      schedule(5000);
      tell(answer.status === 404 ? "somebody-else" : "logged-out");
      return false;
    }
    const { person: now, token } = await answer.json();
    if (String(now) !== person) {
      schedule(5000);
      tell("somebody-else");
      return false;
    }
    const before = hidden("csrfmiddlewaretoken").value;
    hidden("csrfmiddlewaretoken").value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    failures += 1;
    schedule(failures > 3 || before === token ? 5000 : 0);
    return false;
  }

  function settle(told, sent) {
    const standing = waiting.entries();
    for (const [question, version] of Object.entries(told.saved)) {
      if (hidden(`seen_${question}`)) hidden(`seen_${question}`).value = version;
      const entry = standing.get(question);
      if (!entry || !sent.has(question)) continue;
      if (same(entry.content, sent.get(question).content)) waiting.drop(question);
      else waiting.keep(question, { ...entry, seen: version });
    }
    for (const item of told.overtaken) conflicts.add(String(item.question));
    tell("settled", { ...told, sent });
    const left = [...waiting.entries().keys()].filter((question) => !conflicts.has(question));
    schedule(left.length ? PAUSE : HEARTBEAT);
    if (!left.length && !conflicts.size) tell("saved");
    return !left.length && !conflicts.size;
  }

  // Somebody chose between their own words and another's, whose version they have now seen.
  function decide(box, version) {
    const question = box.dataset.question;
    conflicts.delete(question);
    hidden(`seen_${question}`).value = version;
    note(box);
    return send();
  }

  // What was typed before and never confirmed: the power went, or the tab was closed.
  function takeUp() {
    let restored = false;
    for (const [question, entry] of waiting.entries()) {
      const box = sections.get(question);
      if (!box) continue;
      if (same(entry.content, contentOf(box))) {
        waiting.drop(question);
      } else {
        window.draftForm.fill(box, entry.content);
        restored = true;
      }
    }
    window.draftForm.showConditions();
    if (waiting.entries().size) send();
    else schedule(HEARTBEAT);
    return restored;
  }

  addEventListener("online", () => { failures = 0; send(); });
  addEventListener("focus", () => { if (failures || waiting.entries().size) send(); });
  addEventListener("pagehide", () => {
    const { data, sent } = load();
    if (sent.size) post(data, { keepalive: true }).catch(() => {});
  });

  window.draftSaving = {
    note, send, decide, takeUp, conflicts,
    pending: () => waiting.entries().size,
    drop: waiting.drop,
    listen: (listener) => listeners.push(listener),
  };
})();
