// Makes the SHA-256 of a chosen file in the browser and sends that alone: the file never leaves it. Where a
// browser cannot (no Web Crypto without https), the form sends the file, and the server hashes it.
const hex = (buffer) =>
  [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const digest = async (content) => hex(await crypto.subtle.digest("SHA-256", content));

function show(form, name) {
  for (const line of form.querySelectorAll("[data-too-large], [data-unreadable], [data-under-way]")) {
    line.hidden = !line.matches(`[data-${name}]`);
  }
}

async function hash(form, input, file) {
  if (file.size > Number(form.dataset.hashes)) return show(form, "too-large");
  show(form, "under-way");
  try {
    const content = await file.arrayBuffer();
    if (!content.byteLength) return show(form, "unreadable");
    form.elements.sha256.value = await digest(content);
    // Something may have been added after the letter.
    const letter = Number(form.dataset.beginning);
    if (letter && content.byteLength > letter) {
      form.elements.beginning.value = await digest(content.slice(0, letter));
    }
  } catch {
    // It was moved or changed after it was chosen.
    return show(form, "unreadable");
  }
  // A field that is disabled is not sent.
  input.disabled = true;
  form.submit();
}

export function hashes(form) {
  const input = form.querySelector("input[type=file]");
  form.querySelector("[data-stays]").hidden = false;
  form.addEventListener("submit", (event) => {
    const [file] = input.files;
    // Without one the server says what is missing.
    if (!file) return;
    event.preventDefault();
    hash(form, input, file);
  });
  // Back from the answer: the browser keeps the page as it was left.
  addEventListener("pageshow", () => {
    input.disabled = false;
    form.elements.sha256.value = "";
    form.elements.beginning.value = "";
    show(form, "");
  });
}

if (globalThis.crypto?.subtle) document.querySelectorAll("form[data-hashes]").forEach(hashes);
