// Numbers as people type them, read as the server reads them; the browser tests compare both at length.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./page.js";

openPage(`<script id="numbers" data-decimal-mark="," data-group-mark="." data-read-as="Read as {}"
  data-unclear="{} or {}?"></script><div><input data-number="thousands" data-places="2"><output data-read></output></div>`);
const { read } = await import("../../static/js/numbers/reading.js");
const { shown, understood } = await import("../../static/js/numbers/fields.js");

const MONEY = { places: 2, alone: "thousands" };
const RATE = { places: 6, alone: "decimals" };

for (const [typed, number] of [
  ["5000", "5000"],
  ["5,000.00", "5000.00"],
  ["5.000,00", "5000.00"],
  ["5 000,5", "5000.5"],
  ["5'000", "5000"],
  ["٥٠٠٠٫٢٥", "5000.25"],
  ["5,000", "5000"],
  ["0,500", "0.500"],
  ["\u200f−12,5", "-12.5"],
  ["-0", "0"],
]) {
  test(`${typed} is ${number}`, () => {
    if (number === "0.500") assert.deepEqual(read(typed, RATE), { number });
    else assert.deepEqual(read(typed, MONEY), { number });
  });
}

test("a mark alone before three digits is decimal for a rate, and asked where it may be either", () => {
  assert.deepEqual(read("1,234", RATE), { number: "1.234" });
  assert.deepEqual(read("12,500", { places: 3, alone: "unclear" }), { meanings: ["12500", "12.50"] });
});

test("what is no number is none", () => {
  for (const typed of [
    "",
    "five",
    "1.2.3,4,5",
    "5,00,000",
    "1e3",
    "12.345.67",
    "9".repeat(16),
    "1".repeat(300),
  ]) {
    assert.deepEqual(read(typed, MONEY), {}, typed);
  }
});

test("a number is written as the page's language writes it", () => {
  assert.equal(shown("1234567.5", 2), "1.234.567,50");
  assert.equal(understood("5,000.00", MONEY), "Read as 5.000,00");
  assert.equal(understood("5.000,00", MONEY), "");
  assert.equal(understood("12,500", { places: 3, alone: "unclear" }), "12500 or 12.50?");
});

test("the page says beside the field what was understood", () => {
  const input = document.querySelector("input");
  input.value = "5,000.00";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  assert.equal(document.querySelector("output").textContent, "Read as 5.000,00");
});
