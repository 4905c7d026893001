// Keeps the sum of the weights while they are typed; the server checks it before a call opens.
(() => {
  const shown = document.getElementById("weight-sum");
  if (!shown) return;
  const output = shown.querySelector("output");
  const add = () => {
    const sum = [...document.querySelectorAll("[name$='-weight']")]
      .filter((input) => !input.closest("fieldset")?.querySelector("[name$='-DELETE']")?.checked)
      .reduce((total, input) => total + (Number(input.value) || 0), 0);
    output.textContent = String(Math.round(sum * 100) / 100);
    shown.classList.toggle("is-full", Math.abs(sum - Number(shown.dataset.full)) < 0.005);
  };
  document.addEventListener("input", add);
  document.addEventListener("change", add);
  add();
})();
