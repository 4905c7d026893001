// Reads numbers as the server does (inputs/rules/numbers.py).
const WHITE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BLANKS = new RegExp(`[${WHITE}]+`, "g");
// Marks that nobody sees; ends of lines and tabs are blanks by then.
// biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is meant alone.
const UNSEEN = /[\p{Cf}\p{Cc}\p{Cs}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f]/gu;
const HYPHENS = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
const APOSTROPHES = /[\u2019\u2018\u02bc\u2032`\u00b4\uff07\u066c]/g;
const BODY = /^[+-]? ?[0-9 '.,\u066b]*[0-9]$/;
const MOST_WHOLE_DIGITS = 15;
const MOST_LETTERS = 240;

// The digits of each script stand in a row of ten, and no script begins within another's row.
const zeros = new Map();
function zeroBefore(code) {
  if (!zeros.has(code)) {
    let first = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
    zeros.set(code, first);
  }
  return zeros.get(code);
}
const western = (text) =>
  text.replace(/\p{Nd}/gu, (digit) => String((digit.codePointAt(0) - zeroBefore(digit.codePointAt(0))) % 10));

export const withoutMarks = (text) => text.replace(BLANKS, " ").replace(UNSEEN, "");

function bodyOf(text) {
  return western(withoutMarks(text.slice(0, MOST_LETTERS)))
    .replace(HYPHENS, "-")
    .replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(APOSTROPHES, "'")
    .replaceAll("\u060c", ",")
    .replace(/ +/g, " ")
    .trim();
}

// The sign of a body that is its decimal mark; "" for none, null where it could be either.
function decimalMark(body, alone) {
  if (body.includes("\u066b")) return "\u066b";
  const last = [...body].filter((sign) => sign === "." || sign === ",").at(-1);
  if (!last || body.indexOf(last) !== body.lastIndexOf(last)) return "";
  const [whole, behind] = body.split(last);
  const isAlone = !/[.,' ]/.test(whole);
  if (!isAlone || behind.length !== 3 || alone === "decimals") return last;
  if (whole.length > 3 || !whole || whole.startsWith("0")) return last;
  return alone === "unclear" ? null : "";
}

function ungrouped(whole) {
  if (/^[0-9]*$/.test(whole)) return whole;
  return /^[1-9][0-9]{0,2}([ '.,])[0-9]{3}(\1[0-9]{3})*$/.test(whole) ? whole.replace(/[ '.,]/g, "") : null;
}

// What was typed: { number: "1234.5" }, or { meanings: ["12500", "12.50"] }, or {} for no number.
export function read(text, { places, alone }) {
  const typed = bodyOf(text);
  if ([...text].length > MOST_LETTERS || !BODY.test(typed)) return {};
  const body = typed.replace(/^[-+ ]+/, "");
  const mark = decimalMark(body, alone);
  if (mark === null) return { meanings: meaningsOf(typed) };
  const at = mark ? body.indexOf(mark) : body.length;
  const whole = ungrouped(body.slice(0, at));
  let decimals = body.slice(at + mark.length);
  if (whole === null || !/^[0-9]*$/.test(decimals)) return {};
  if (decimals.length > Math.max(places, 3)) decimals = decimals.replace(/0+$/, "");
  const digits = whole.replace(/^0+/, "");
  if (decimals.length > places || digits.length > MOST_WHOLE_DIGITS) return {};
  const isNothing = /^0*$/.test(digits + decimals);
  return {
    number: `${typed.startsWith("-") && !isNothing ? "-" : ""}${digits || "0"}${decimals ? "." : ""}${decimals}`,
  };
}

function meaningsOf(body) {
  const [whole, parts] = body.replace(",", ".").split(".");
  const decimals = parts.replace(/0+$/, "").padEnd(2, "0");
  return [whole + parts, `${whole}.${decimals}${decimals.length === 3 ? "0" : ""}`];
}
