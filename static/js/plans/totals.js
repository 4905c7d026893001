// What a plan comes to while it is typed, as the server adds it up (assistance/plans/rules/totals.py).

import { say } from "../drafts/page.js";
import { shown } from "../numbers/fields.js";
import { read } from "../numbers/reading.js";

const MONEY = { places: 2, alone: "thousands" };
const SHARE = { places: 2, alone: "decimals" };

// Whole hundredths, exact: a decimal of two places at most as a BigInt.
export function hundredths(text, shape) {
  const { number } = read(text ?? "", shape);
  if (number === undefined || number.startsWith("-")) return null;
  const [whole, decimals = ""] = number.split(".");
  return BigInt(whole + decimals.padEnd(2, "0"));
}

// The amount of a line in cents: days × rate, half up; else what is written.
export function amountOf(row) {
  if ((row.kind || "days") !== "days") return hundredths(row.amount, MONEY);
  const days = hundredths(row.days, SHARE);
  const rate = hundredths(row.rate, MONEY);
  return days && rate ? (days * rate + 50n) / 100n : null;
}

export const sum = (numbers) => numbers.reduce((total, number) => total + (number ?? 0n), 0n);

const asNumber = (cents) => `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
const money = (cents) => shown(asNumber(cents), 2);

export function showTotals(words, { lines, milestones, amount }) {
  const total = sum(lines.map(amountOf));
  const most = hundredths(amount, MONEY);
  const isAbove = total > most;
  const told = document.querySelector("[data-plan-total]");
  told.textContent = isAbove
    ? say(words.tooMuch, money(total), money(most), money(total - most))
    : say(words.planned, money(total), money(most), money(most - total));
  told.classList.toggle("below", isAbove);
  const days = sum(milestones.map((row) => hundredths(row.days, SHARE)));
  document.querySelector("[data-plan-days]").textContent = say(words.planDays, shown(asNumber(days)));
}

export const comesTo = (words, row) => {
  const amount = amountOf(row);
  return amount === null ? "" : say(words.comesTo, money(amount));
};
