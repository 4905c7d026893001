// Keeps what is typed in the browser until the server has it, and counts words.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const key = `draft-${form.dataset.draft}`;
  const fields = [...form.querySelectorAll("textarea")];
  const status = document.getElementById("draft-status");

  const stored = () => {
    try { return JSON.parse(localStorage.getItem(key) || "{}"); } catch { return {}; }
  };
  const keep = () => {
    const typed = stored();
    for (const field of fields) {
      if (field.value !== field.defaultValue) typed[field.name] = field.value;
    }
    try { localStorage.setItem(key, JSON.stringify(typed)); } catch { /* full or forbidden: the server still saves */ }
  };
  const count = (field) => {
    const output = document.getElementById(`words-${field.name}`);
    const words = field.value.trim() ? field.value.trim().split(/\s+/).length : 0;
    output.textContent = `${words} / ${field.dataset.maxWords}`;
    output.classList.toggle("too-many", words > Number(field.dataset.maxWords));
  };

  const kept = stored();
  let restored = false;
  for (const field of fields) {
    if (kept[field.name] !== undefined && kept[field.name] !== field.value) {
      field.value = kept[field.name];
      restored = true;
    }
    count(field);
    field.addEventListener("input", () => { count(field); keep(); });
  }
  if (restored) {
    status.textContent = form.dataset.restored;
    htmx.trigger(form, "restored");
  }

  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) {
      localStorage.removeItem(key);
      delete form.dataset.typed;
    } else {
      status.textContent = form.dataset.offline;
    }
  });
  form.addEventListener("submit", () => { if (navigator.onLine) localStorage.removeItem(key); });
  window.addEventListener("online", () => htmx.trigger(form, "restored"));
})();
