// What is typed in a draft, on its way to the server: kept in this browser until the server has it,
// sent a moment after each pause, again and again while the line is down or the session is over.
// Saved with fetch and JSON rather than by htmx: several answers wait in one queue that outlives the
// page, and each is let go only when the server confirms just that content.

import { keptTexts } from "./kept.js";
import { hidden } from "./page.js";

const PAUSE = 1000;
const LONGEST_PAUSE = 30000;
const ASK_AGAIN = 5000;
const HEARTBEAT = 15000;
const PATIENCE = 20000;
const MOST_SENT = 50;

// The same content is the same text: a database gives the columns of a line in an order of its own.
const asKey = (content) =>
  JSON.stringify(Array.isArray(content) ? content.map((row) => Object.entries(row).sort()) : content);
const same = (one, other) => asKey(one) === asKey(other);
const seenOf = (question) => Number(hidden(`seen_${question}`)?.value ?? 0);
const setSeen = (question, version) => {
  if (hidden(`seen_${question}`)) hidden(`seen_${question}`).value = version;
};

const lockOf = (name) => `draft-window:${name}`;

async function openWindows() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map((lock) => lock.name));
}

const fingerprint = (content) => {
  const text = asKey(content);
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return `${text.length}:${sum}`;
};

// Starts saving a page's form. In: the page (drafts/page.js), what its parts hold (such as
// applications/answers.js). Out: `note` (a part was changed), `send`, `decide` (one of two texts was
// chosen), `conflicts`, `pending` and `listen`.
export function startSaving(
  { form, sections },
  { contentOf, fill, put, isSaved, afterTakingUp, enclose, hasMore },
) {
  const { draft, person } = form.dataset;
  const PREFIX = `draft:${person}:${draft}:`;
  const listeners = [];
  const tell = (what, detail) => {
    for (const listener of listeners) listener(what, detail);
  };
  // Every window keeps its own, so that two of them never send each other's half sentences. A lock
  // that lasts as long as the window tells the others that it is open.
  const tab = crypto.getRandomValues(new Uint32Array(2)).join("-");
  let close = () => {};
  navigator.locks?.request(
    lockOf(tab),
    () =>
      new Promise((resolve) => {
        close = resolve;
      }),
  );

  const waiting = keptTexts(PREFIX, tab, () => tell("full"));
  const { memory } = waiting;

  // Question and the version of theirs that the person was shown beside their own.
  const conflicts = new Map();
  let timer = 0;
  let failures = 0;
  let sending = null;

  function note(box) {
    const question = box.dataset.question;
    const { sent = [] } = memory.get(question) ?? {};
    waiting.keep(question, { kind: box.dataset.kind, content: contentOf(box), seen: seenOf(question), sent });
    tell("waiting");
    schedule(PAUSE);
  }

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  // What was typed before and never confirmed, since the power went or the window was closed.
  async function takeUp() {
    const open = await openWindows();
    for (const [name, question, owner, entry] of waiting.left()) {
      // One at a time: an older text of the same question waits until this one is settled.
      if (open.has(lockOf(owner)) || memory.has(question)) continue;
      localStorage.removeItem(name);
      const box = sections.get(question);
      if (box && same(entry.content, contentOf(box))) continue;
      waiting.keep(question, entry);
      if (!box) continue;
      fill(box, entry.content);
      setSeen(question, entry.seen);
      tell("restored", box);
    }
    afterTakingUp();
  }

  function load({ isLast = false } = {}) {
    const data = new FormData();
    data.set("person", person);
    for (const [question, box] of sections) if (isSaved(box)) data.set(`seen_${question}`, seenOf(question));
    const sent = new Map();
    for (const [question, entry] of memory) {
      if (conflicts.has(question)) continue;
      put(data, question, entry.kind, entry.content);
      data.set(`seen_${question}`, entry.seen);
      sent.set(question, entry.content);
    }
    enclose(data, { isChange: sent.size > 0, isLast });
    return { data, sent };
  }

  // An answer that never comes leaves open whether the server has it: remembered, so that nobody is
  // asked to choose between their own words of now and of a minute ago.
  function remember(sent) {
    for (const [question, content] of sent) {
      const entry = memory.get(question);
      const prints = new Set(entry.sent).add(fingerprint(content));
      if (prints.size > entry.sent.length)
        waiting.keep(question, { ...entry, sent: [...prints].slice(-MOST_SENT) });
    }
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
    sending ??= attempt().finally(() => {
      sending = null;
    });
    return sending;
  }

  async function attempt() {
    clearTimeout(timer);
    await takeUp();
    if (!navigator.onLine) return retry("offline");
    const { data, sent } = load();
    remember(sent);
    if (sent.size) tell("saving");
    let answer;
    let told;
    try {
      answer = await post(data, { signal: AbortSignal.timeout(PATIENCE) });
      told = await answer.json().catch(() => ({}));
    } catch {
      return retry("offline");
    }
    if ([401, 403, 404].includes(answer.status)) return resume();
    // 507: there is no room on the server; what was typed waits here meanwhile.
    if ([400, 409, 410, 413, 507].includes(answer.status)) {
      tell("refused", told.refused);
      schedule(LONGEST_PAUSE);
      return false;
    }
    if (!answer.ok || !told.saved) return retry("silent");
    failures = 0;
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
    failures += 1;
    let answer;
    let told;
    try {
      answer = await fetch(form.dataset.session, { credentials: "same-origin", cache: "no-store" });
      told = await answer.json().catch(() => ({}));
    } catch {
      return retry("offline");
    }
    if (answer.ok && String(told.person) === person) {
      renew(told.token);
      schedule(failures > 3 ? ASK_AGAIN : 0);
      return false;
    }
    tell(answer.status === 401 ? "logged-out" : "somebody-else");
    schedule(ASK_AGAIN);
    return false;
  }

  // For every form of the page, and for the scripts that read it there.
  function renew(token) {
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }

  function settle(told, sent) {
    for (const [question, version] of Object.entries(told.saved)) {
      setSeen(question, version);
      const entry = memory.get(question);
      if (!entry) continue;
      if (same(entry.content, sent.get(question))) waiting.drop(question);
      else waiting.keep(question, { ...entry, seen: version, sent: [] });
    }
    const opposed = told.overtaken.filter((item) => !isOwn(item));
    const changed = told.changed.filter((item) => !memory.has(String(item.question)));
    // Theirs changed once more while somebody chooses.
    const again = told.changed.filter(
      ({ question, version }) =>
        conflicts.has(String(question)) && conflicts.get(String(question)) !== version,
    );
    for (const item of [...opposed, ...again]) conflicts.set(String(item.question), item.version);
    const left = [...memory.keys()].filter((question) => !conflicts.has(question)).length;
    tell("settled", { ...told, changed, sent, left, opposed: [...opposed, ...again] });
    schedule(left ? PAUSE : HEARTBEAT);
    return !left && !conflicts.size;
  }

  // What stands there is what this window sent before its line broke: nobody else wrote.
  function isOwn(item) {
    const question = String(item.question);
    const entry = memory.get(question);
    const content = Array.isArray(entry.content) ? item.rows : item.text;
    if (!entry.sent.includes(fingerprint(content))) return false;
    waiting.keep(question, { ...entry, seen: item.version });
    setSeen(question, item.version);
    return true;
  }

  // Somebody chose between their own words and another's, whose version they have now seen.
  function decide(box, version) {
    conflicts.delete(box.dataset.question);
    setSeen(box.dataset.question, version);
    note(box);
    return send();
  }

  addEventListener("online", () => {
    failures = 0;
    send();
  });
  addEventListener("offline", () => tell("offline"));
  addEventListener("focus", send);
  addEventListener("pagehide", () => {
    const { data, sent } = load({ isLast: true });
    remember(sent);
    if (sent.size || hasMore()) post(data, { keepalive: true }).catch(() => {});
    close();
  });
  // A page that comes back out of the browser's memory is older than it looks.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  return {
    note,
    send,
    decide,
    conflicts,
    pending: () => memory.size,
    listen: (listener) => listeners.push(listener),
  };
}
