// Which files are taken before they are sent, which faults pass, and what a row of a file says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, settle, stopClock } from "./page.js";

stopClock();

const WORDS = {
  waiting: "waits",
  under: "%s %",
  paused: "paused at %s %",
  broken: "line is down",
  checking: "looked at",
  done: "“%s” is attached",
  cancelled: "not uploaded",
  large: "too large",
  kind: "wrong kind",
  empty: "empty",
  many: "too many",
  failed: "failed",
  loggedOut: "logged out",
  logIn: "Log in",
};
const HTML = `
  <div data-files data-largest="100" data-most="2" data-tus="/tus.js" data-refresh="/r/" data-uploads="/u/">
    <script type="application/json" data-words>${JSON.stringify(WORDS)}</script>
    <div data-list data-count="1"></div>
    <form class="file-drop"><input type="file" accept=".pdf,.png"><button>Upload</button><p data-hint hidden></p></form>
    <p data-said></p><ul data-progress></ul>
    <template data-row><li class="file-row"><span data-name></span><progress></progress><span data-state></span>
      <button data-pause></button><button data-resume></button><button data-cancel></button></li></template>
  </div>`;

const page = openPage(HTML);
page.window.tus = null;
const { Files, isPassing, problemOf } = await import("../../static/js/applications/uploads.js");
const terms = { largest: 100, accepted: ".pdf,.png", room: 1 };

test("a file is looked at before it is sent", () => {
  assert.equal(problemOf({ name: "Plan.PDF", size: 100 }, terms), "");
  assert.equal(problemOf({ name: "plan.pdf", size: 0 }, terms), "empty");
  assert.equal(problemOf({ name: "plan.pdf", size: 101 }, terms), "large");
  assert.equal(problemOf({ name: "plan.pdf.exe", size: 1 }, terms), "kind");
  assert.equal(problemOf({ name: "plan", size: 1 }, terms), "kind");
  assert.equal(problemOf({ name: "plan.pdf", size: 1 }, { ...terms, room: 0 }), "many");
});

test("a fault that passes is tried again, another is told", () => {
  for (const code of [0, 500, 503, 507, 409, 423, 460]) assert.ok(isPassing(code), code);
  for (const code of [400, 401, 403, 404, 410, 413, 415]) assert.ok(!isPassing(code), code);
});

test("of several files those that fit are taken, and of the others each says why", async () => {
  const root = document.querySelector("[data-files]");
  root.querySelector("[data-progress]").replaceChildren();
  const files = new Files(root);
  files.take([
    { name: "one.pdf", size: 5 },
    { name: "two.pdf", size: 5 },
    { name: "three.exe", size: 5 },
  ]);
  await settle();
  const rows = [...root.querySelectorAll("[data-progress] > li")].map((row) => row.textContent.trim());
  assert.ok(rows[0].startsWith("one.pdf"));
  assert.match(rows[1], /two\.pdf: too many/);
  assert.match(rows[2], /three\.exe: wrong kind/);
});

test("a session that ended is told with a way to log in, and goes on when asked", () => {
  const root = document.querySelector("[data-files]");
  root.querySelector("[data-progress]").replaceChildren();
  const files = new Files(root);
  files.take([{ name: "one.pdf", size: 5 }]);
  const [row] = files.rows;
  row.isWanted = true;
  row.stumble({ originalResponse: { getStatus: () => 401, getHeader: () => "" } });
  assert.match(root.querySelector("[data-state]").textContent, /logged out Log in/);
  assert.equal(root.querySelector("[data-resume]").hidden, false);
});
