// Says beside each field for a number what was understood, in the language of the page.

import { read, withoutMarks } from "./reading.js";

// What the page says of its language stands with the script.
const page = document.getElementById("numbers").dataset;

// A number as the page's language writes it, grouped, with so many decimals or more.
export function shown(number, least = 0) {
  const [whole, decimals = ""] = number.split(".");
  const kept = decimals.replace(/0+$/, "").padEnd(least, "0");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, page.groupMark);
  return kept ? `${grouped}${page.decimalMark}${kept}` : grouped;
}

const shapeOf = (input) => ({ places: Number(input.dataset.places), alone: input.dataset.number });

function asRead(number, { places, alone }) {
  const hasDecimals = /\.\d*[1-9]/.test(number);
  const isMoney = places === 2 && alone === "thousands";
  return shown(number, isMoney || (hasDecimals && places >= 2) ? 2 : 0);
}

const fill = (words, values) => values.reduce((text, value) => text.replace("{}", value), words);

export function understood(text, shape) {
  const { number, meanings } = read(text, shape);
  if (meanings) return fill(page.unclear, meanings);
  if (number === undefined) return "";
  const said = asRead(number, shape);
  return said === withoutMarks(text).trim() ? "" : fill(page.readAs, [said]);
}

// It stands behind the input, or behind the group in which the input stands.
const outputOf = ({ parentElement: group }) =>
  group.querySelector("output[data-read]") ?? group.parentElement.querySelector("output[data-read]");

export function tell(input) {
  const output = outputOf(input);
  const text = understood(input.value, shapeOf(input));
  if (output && output.textContent !== text) output.textContent = text;
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("input[data-number]")) tell(event.target);
});
