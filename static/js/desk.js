// A page that keeps itself up to date: it asks now and then whether what it shows is still right. The answer
// is mostly 304. What has changed is morphed into the page, so that focus, place and what is unfolded stay.
// It does not ask while nobody looks, while somebody is at work in it, and less often while the line is down.
const asking = document.getElementById("refreshing");
const EVERY = Number(asking.dataset.every) * 1000;
const SELDOM = 10 * 60 * 1000;
// On a slow line most of the time is the reader's.
const REST = 10;

let version = null;
let wait = EVERY;
let due = Date.now() + EVERY;
let timer = 0;
let askedAt = 0;
let hasEnded = false;

const content = () => document.getElementById("refreshed");
const said = (name) => asking.querySelector(`[data-${name}]`);

// Somebody types, has come to a link or a button, has unfolded something, or marks text to copy it.
function isAtWork() {
  const shown = content();
  const marked = document.getSelection();
  return (
    shown.contains(document.activeElement) ||
    shown.querySelector("details[open]") !== null ||
    (marked?.isCollapsed === false && shown.contains(marked.anchorNode))
  );
}

function askIn(milliseconds) {
  clearTimeout(timer);
  due = Date.now() + milliseconds;
  if (!hasEnded) timer = setTimeout(ask, milliseconds);
}

function ask() {
  // When the page is looked at again, it asks at once.
  if (hasEnded || askedAt || document.hidden) return;
  if (isAtWork()) return askIn(EVERY);
  askedAt = Date.now();
  window.htmx.trigger(asking, "desk:ask");
}

function failed() {
  wait = Math.min(wait * 2, SELDOM);
  said("down").hidden = false;
}

function end() {
  hasEnded = true;
  said("down").hidden = true;
  said("news").textContent = "";
  said("ended").hidden = false;
}

asking.addEventListener("htmx:configRequest", ({ detail }) => {
  // The figures stay about what was chosen, though the page was opened about something else.
  const filters = content().querySelector("form[method=get]");
  if (filters) for (const [name, value] of new FormData(filters)) detail.parameters[name] = value;
  detail.headers["Desk-Of"] = asking.dataset.of;
  detail.headers["Desk-Waits"] = content().dataset.waits;
  if (version) detail.headers["If-None-Match"] = `W/"${version}"`;
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, xhr } = event.detail;
  if (requestConfig?.elt !== asking) return;
  // htmx takes 304 for an answer with a content, which is empty. Whoever has begun something meanwhile is
  // not disturbed: it is asked for again.
  event.detail.shouldSwap = xhr.status === 200 && !isAtWork();
  if (event.detail.shouldSwap) told(xhr);
});

let heard = null;
asking.addEventListener("desk:told", ({ detail }) => {
  heard = detail;
});

function told(xhr) {
  version = xhr.getResponseHeader("ETag").replace(/^W\//, "").replaceAll('"', "");
  const time = asking.querySelector("time");
  time.textContent = heard.at;
  time.dateTime = heard.moment;
  // Where nothing has changed, what was said last stays, and is not said again.
  if (heard.news) said("news").textContent = heard.news;
}

asking.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { status } = detail.xhr;
  const took = Date.now() - askedAt;
  askedAt = 0;
  if (status === 401) return end();
  if (status === 304) told(detail.xhr);
  if (status === 200 || status === 304) {
    wait = EVERY;
    said("down").hidden = true;
  } else failed();
  askIn(Math.max(wait, took * REST));
});

// Back at the page, or the line is back.
function askIfDue() {
  if (!document.hidden && Date.now() >= due) ask();
}
document.addEventListener("visibilitychange", askIfDue);
window.addEventListener("online", () => {
  wait = EVERY;
  askIn(0);
});

// What somebody has unfolded or chosen stays so.
window.Idiomorph.defaults.ignoreActiveValue = true;
window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, element) =>
  !(name === "open" && element.localName === "details");

askIn(EVERY);
