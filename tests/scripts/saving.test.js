// What is typed in a draft reaches the server once, and stays in the browser until it has.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { openPage, settle, stopClock } from "./page.js";

const HTML = `
  <form id="draft" data-draft="7" data-person="3" data-save="/save/" data-session="/session/">
    <input type="hidden" name="csrfmiddlewaretoken" value="old"></form>
  <div data-question="1" data-kind="short_text"><input name="answer_1"><input type="hidden" name="seen_1" value="4"></div>
  <div data-question="2" data-kind="short_text"><input name="answer_2"><input type="hidden" name="seen_2" value="0"></div>`;

const parts = {
  contentOf: (box) => box.querySelector("input").value,
  fill: (box, content) => {
    box.querySelector("input").value = content;
  },
  put: (data, question, _kind, content) => data.set(`answer_${question}`, content),
  isSaved: () => true,
  afterTakingUp: () => {},
  enclose: () => {},
  hasMore: () => false,
};

stopClock();

let page;
let saving;
let heard;
let draft;

async function open() {
  const { draftPage } = await import("../../static/js/drafts/page.js");
  const { startSaving } = await import("../../static/js/drafts/saving.js");
  draft = draftPage();
  saving = startSaving(draft, parts);
  heard = [];
  saving.listen((what, detail) => heard.push([what, detail]));
}

beforeEach(async () => {
  mock.timers.reset();
  stopClock();
  page = openPage(HTML);
  await open();
});

const answer = (told) => ({ saved: {}, overtaken: [], changed: [], problems: {}, ...told });
const keptNames = () => Object.keys(localStorage).filter((name) => name.startsWith("draft:3:7:"));
const seen = (question) => document.querySelector(`[name=seen_${question}]`).value;

function type(question, text) {
  const box = draft.sections.get(question);
  box.querySelector("input").value = text;
  saving.note(box);
  return box;
}

test("what is typed is kept at once, sent after a pause, and let go when it is confirmed", async () => {
  type("1", "Hello");
  assert.equal(keptNames().length, 1);
  assert.equal(page.state.requests.length, 0);
  page.state.answers.push(answer({ saved: { 1: 5 } }));
  mock.timers.tick(1000);
  await settle();
  const [request] = page.state.requests;
  assert.equal(request.address, "/save/");
  assert.equal(request.headers["X-CSRFToken"], "old");
  assert.deepEqual(request.fields, { person: "3", seen_1: "4", seen_2: "0", answer_1: "Hello" });
  assert.equal(seen("1"), "5");
  assert.equal(saving.pending(), 0);
  assert.deepEqual(keptNames(), []);
});

test("what is typed while a request is on its way is sent by the next", async () => {
  let open = () => {};
  page.state.gate = new Promise((resolve) => {
    open = resolve;
  });
  page.state.answers.push(answer({ saved: { 1: 5 } }), answer({ saved: { 1: 6 } }));
  type("1", "One");
  const sent = saving.send();
  await settle();
  type("1", "One and two");
  open();
  assert.equal(await sent, false);
  assert.equal(saving.pending(), 1);
  mock.timers.tick(1000);
  await settle();
  const sentTexts = page.state.requests.map(({ fields }) => [fields.answer_1, fields.seen_1]);
  assert.deepEqual(sentTexts, [
    ["One", "4"],
    ["One and two", "5"],
  ]);
  assert.equal(saving.pending(), 0);
});

test("without a line it waits, and goes once the line is back", async () => {
  page.state.isOnline = false;
  type("1", "In the tunnel");
  assert.equal(await saving.send(), false);
  assert.equal(page.state.requests.length, 0);
  assert.deepEqual(heard.at(-1)[0], "offline");
  page.state.isOnline = true;
  page.state.answers.push(answer({ saved: { 1: 5 } }));
  page.dispatch("online");
  await settle();
  assert.equal(saving.pending(), 0);
});

test("a line that breaks is tried again ever more rarely", async () => {
  type("1", "Again");
  page.state.answers.push(new Error("broken"), new Error("broken"), answer({ saved: { 1: 5 } }));
  mock.timers.tick(1000);
  await settle();
  assert.equal(page.state.requests.length, 1);
  mock.timers.tick(1999);
  await settle();
  assert.equal(page.state.requests.length, 1);
  mock.timers.tick(1);
  await settle();
  assert.equal(page.state.requests.length, 2);
  mock.timers.tick(4000);
  await settle();
  assert.equal(saving.pending(), 0);
});

test("what a window that is gone left behind is taken up and sent", async () => {
  const entry = { kind: "short_text", content: "Before the power went", seen: 4, sent: [], at: 1 };
  localStorage.setItem("draft:3:7:1:11-22", JSON.stringify(entry));
  page.state.answers.push(answer({ saved: { 1: 5 } }));
  assert.equal(await saving.send(), true);
  assert.equal(document.querySelector("[name=answer_1]").value, "Before the power went");
  assert.equal(page.state.requests[0].fields.answer_1, "Before the power went");
  assert.deepEqual(keptNames(), []);
});

test("what a window holds that is still open is left to it, and of somebody else nothing is read", async () => {
  const entry = JSON.stringify({ kind: "short_text", content: "Theirs", seen: 4, sent: [], at: 1 });
  localStorage.setItem("draft:3:7:1:11-22", entry);
  localStorage.setItem("draft:4:7:2:33-44", entry);
  page.state.held.push({ name: "draft-window:11-22" });
  await saving.send();
  assert.equal(document.querySelector("[name=answer_1]").value, "");
  assert.equal(document.querySelector("[name=answer_2]").value, "");
  assert.equal(localStorage.getItem("draft:4:7:2:33-44"), entry);
});

test("what somebody else changed meanwhile is not overwritten until one has chosen", async () => {
  const theirs = { question: 1, version: 6, text: "Theirs", rows: [], by: "Rana", at: "" };
  type("1", "Mine");
  page.state.answers.push(answer({ overtaken: [theirs] }), answer({ saved: { 1: 7 } }));
  assert.equal(await saving.send(), false);
  assert.deepEqual([...saving.conflicts], [["1", 6]]);
  assert.equal(saving.pending(), 1);
  assert.deepEqual(heard.at(-1)[1].opposed, [theirs]);
  assert.equal(await saving.decide(draft.sections.get("1"), 6), true);
  assert.equal(page.state.requests[1].fields.seen_1, "6");
  assert.equal(page.state.requests[1].fields.answer_1, "Mine");
});

test("one's own words of a moment ago are no conflict: the answer to them was lost", async () => {
  type("1", "Mine");
  page.state.answers.push(new Error("broken"));
  await saving.send();
  type("1", "Mine, and more");
  const own = { question: 1, version: 5, text: "Mine", rows: [], by: "Me", at: "" };
  page.state.answers.push(answer({ overtaken: [own] }), answer({ saved: { 1: 6 } }));
  await saving.send();
  assert.equal(saving.conflicts.size, 0);
  await saving.send();
  assert.equal(page.state.requests.at(-1).fields.seen_1, "5");
  assert.equal(saving.pending(), 0);
});

test("a session that ended goes on by itself once the same person is logged in again", async () => {
  type("1", "Hello");
  page.state.answers.push({ status: 401 }, { person: 3, token: "new" }, answer({ saved: { 1: 5 } }));
  await saving.send();
  mock.timers.tick(0);
  await settle();
  assert.equal(page.state.requests.at(-1).headers["X-CSRFToken"], "new");
  assert.equal(saving.pending(), 0);
});

test("nothing is sent in the name of somebody else who logged in meanwhile", async () => {
  type("1", "Hello");
  page.state.answers.push({ status: 401 }, { person: 9, token: "theirs" });
  await saving.send();
  assert.equal(heard.at(-1)[0], "somebody-else");
  assert.equal(document.querySelector("[name=csrfmiddlewaretoken]").value, "old");
  assert.equal(saving.pending(), 1);
});

test("a refusal is told, and what was typed stays", async () => {
  for (const status of [409, 410, 507]) {
    type("1", `Hello ${status}`);
    page.state.answers.push({ status, refused: "The call is over." });
    assert.equal(await saving.send(), false);
    assert.deepEqual(heard.at(-1), ["refused", "The call is over."]);
    assert.equal(saving.pending(), 1);
  }
});

test("a storage that is full is told, and what was typed is sent from memory", async () => {
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    writable: true,
    value: {
      setItem: () => {
        throw new Error("full");
      },
      removeItem: () => {
        throw new Error("full");
      },
    },
  });
  type("1", "Hello");
  assert.ok(heard.some(([what]) => what === "full"));
  page.state.answers.push(answer({ saved: { 1: 5 } }));
  assert.equal(await saving.send(), true);
});

test("a page that is left sends what waits with its last breath", async () => {
  type("1", "Hello");
  page.dispatch("pagehide");
  assert.equal(page.state.requests.at(-1).keepalive, true);
  assert.equal(page.state.requests.at(-1).fields.answer_1, "Hello");
});
