// Sends an application over a line that may break: the page stays, says what is known, and asks
// again. The server takes it once, however often it is sent.
const PATIENCE = 30_000;
const asked = { Accept: "application/json" };
const formOf = () => document.querySelector("form[data-send]");

function show(form, name) {
  for (const note of form.querySelectorAll("[data-send-note]")) {
    note.hidden = note.dataset.sendNote !== name;
  }
  const button = form.querySelector("button[type=submit]");
  button.disabled = false;
  delete form.dataset.sending;
  if (name === "offline") button.textContent = button.dataset.again;
}

function ask(address, options) {
  const patience = AbortSignal.timeout(PATIENCE);
  return fetch(address, { headers: asked, signal: patience, cache: "no-store", ...options });
}

async function send(form) {
  form.dataset.sending = "yes";
  form.querySelector("button[type=submit]").disabled = true;
  let answer, body;
  try {
    answer = await ask(form.action, { method: "POST", body: new FormData(form) });
    body = await answer.text();
  } catch {
    return show(form, "offline");
  }
  if (answer.status >= 500) return show(form, "offline");
  if (answer.redirected || answer.status === 401) return show(form, "session");
  // Refused for who asks, or as things stand: the page itself says so.
  if (answer.status === 403 || answer.status === 409) return location.reload();
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  if (isJson) return location.assign(JSON.parse(body).url);
  const page = new DOMParser().parseFromString(body, "text/html");
  const main = page.querySelector("main");
  if (!main) return show(form, "offline");
  document.querySelector("main").replaceWith(main);
  document.querySelector("[role=alert]:not([hidden])")?.scrollIntoView({ block: "center" });
}

// The line is back: what we do not know, the server does.
async function lookAgain() {
  const form = formOf();
  if (form?.querySelector("[data-send-note=offline]")?.hidden !== false) return;
  try {
    const answer = await ask(form.action);
    const found = answer.redirected ? null : await answer.json();
    if (found?.sent) location.assign(found.url);
    else show(form, found ? "waiting" : "session");
  } catch {
    /* Not back after all: the note stays. */
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("send" in form.dataset)) return;
  event.preventDefault();
  if (!form.dataset.sending) send(form);
});
window.addEventListener("online", lookAgain);
