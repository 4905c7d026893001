// A text that did not arrive stays in its box, over a broken line and a new page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./page.js";

const box = (own = "") => `
  ${own}
  <form><textarea data-keep="thread:5"></textarea>
  <p data-keep-note="kept" hidden>kept</p><p data-keep-note="offline" hidden>offline</p></form>`;

let times = 0;
// The module looks at the page when it is loaded, as in a browser: each page loads it anew.
async function load(html, kept) {
  const page = openPage(html);
  if (kept) localStorage.setItem("thread:5", kept);
  times += 1;
  await import(`../../static/js/unsent-text.js?page=${times}`);
  return page;
}

const field = () => document.querySelector("textarea");
const isShown = (name) => !document.querySelector(`[data-keep-note=${name}]`).hidden;

function type(text) {
  field().value = text;
  field().dispatchEvent(new Event("input", { bubbles: true }));
}

test("what is typed is kept, and forgotten once it is wiped out", async () => {
  await load(box());
  type("A question");
  assert.equal(localStorage.getItem("thread:5"), "A question");
  type("  ");
  assert.equal(localStorage.getItem("thread:5"), null);
});

test("what was not sent stands in the box again", async () => {
  await load(box(), "A question");
  assert.equal(field().value, "A question");
  assert.ok(isShown("kept"));
});

test("what the page shows as arrived is not offered again", async () => {
  await load(box("<p data-own>A\n   question</p>"), "A question");
  assert.equal(field().value, "");
  assert.equal(localStorage.getItem("thread:5"), null);
});

test("what the box holds already is not overwritten", async () => {
  await load(box().replace("></textarea>", ">Newer</textarea>"), "Older");
  assert.equal(field().value, "Newer");
  assert.equal(localStorage.getItem("thread:5"), "Older");
});

test("without a line nothing is sent, and the box stays", async () => {
  const page = await load(box());
  type("A question");
  page.state.isOnline = false;
  const submit = new Event("submit", { bubbles: true, cancelable: true });
  document.querySelector("form").dispatchEvent(submit);
  assert.ok(submit.defaultPrevented);
  assert.ok(isShown("offline"));
  page.state.isOnline = true;
  const again = new Event("submit", { bubbles: true, cancelable: true });
  document.querySelector("form").dispatchEvent(again);
  assert.ok(!again.defaultPrevented);
});
