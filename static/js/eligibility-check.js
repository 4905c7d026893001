// On the checklist: Alt with the arrows up and down goes from rule to rule.

function goByKeys(form) {
  form.addEventListener("keydown", (event) => {
    if (!event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    const rules = [...form.querySelectorAll(".rule")];
    const here = rules.findIndex((rule) => rule.contains(document.activeElement));
    const there = rules[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (!there) return;
    event.preventDefault();
    (there.querySelector("input:checked") || there.querySelector("input")).focus();
    there.scrollIntoView({ block: "nearest" });
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) delete form.dataset.typed;
  });
}

const form = document.querySelector("form[data-check]");
if (form) goByKeys(form);
