// Keeps the sum of the weights while they are typed; the server checks it before a call opens.

import { shown } from "./numbers/fields.js";
import { read } from "./numbers/reading.js";

const SHARE = { places: 2, alone: "decimals" };

function addUp(box) {
  const output = box.querySelector("output");
  const add = () => {
    const sum = [...document.querySelectorAll("[name$='-weight']")]
      .filter((input) => !input.closest("fieldset")?.querySelector("[name$='-DELETE']")?.checked)
      .reduce((total, input) => total + Number(read(input.value, SHARE).number ?? 0), 0);
    output.textContent = shown(sum.toFixed(2));
    box.classList.toggle("is-full", Math.abs(sum - Number(box.dataset.full)) < 0.005);
  };
  document.addEventListener("input", add);
  document.addEventListener("change", add);
  add();
}

const box = document.getElementById("weight-sum");
if (box) addUp(box);
