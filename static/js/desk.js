// A page that keeps itself up to date: it asks now and then whether what it shows is still right. The answer
// is mostly 304. What has changed is morphed into the page, so that focus, place and what is unfolded stay.
// While somebody types or marks something in it, it says what is new, and shows it when they ask for it or have
// done. It does not ask while nobody looks, and less often while the line is down.
const asking = document.getElementById("refreshing");
const EVERY = Number(asking.dataset.every) * 1000;
const SELDOM = 10 * 60 * 1000;
// On a slow line most of the time is the reader's.
const REST = 10;
const TYPED = "textarea, input:not([type=checkbox], [type=radio])";

// Of what the page shows; of the last answer, which it does not show while somebody is at work; of the question.
let version = null;
let newest = null;
let known = null;
let isWanted = false;
let wait = EVERY;
let due = Date.now() + EVERY;
let timer = 0;
let askedAt = 0;
let hasEnded = false;

const content = () => document.getElementById("refreshed");
const said = (name) => asking.querySelector(`[data-${name}]`);

// Somebody types, or marks text to copy it. Links, buttons and choices keep the focus when the page changes.
function isAtWork() {
  const shown = content();
  const active = document.activeElement;
  const marked = document.getSelection();
  return (
    !isWanted &&
    ((shown.contains(active) && active.matches(TYPED)) ||
      (marked?.isCollapsed === false && shown.contains(marked.anchorNode)))
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
  said("show").hidden = true;
  said("ended").hidden = false;
}

asking.addEventListener("htmx:configRequest", ({ detail }) => {
  // The figures stay about what was chosen, though the page was opened about something else.
  const filters = content().querySelector("form[method=get]");
  if (filters) for (const [name, value] of new FormData(filters)) detail.parameters[name] = value;
  detail.headers["Desk-Of"] = asking.dataset.of;
  detail.headers["Desk-Waits"] = content().dataset.waits;
  known = isAtWork() ? newest : version;
  if (known) detail.headers["If-None-Match"] = `W/"${known}"`;
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, xhr } = event.detail;
  if (requestConfig?.elt !== asking) return;
  // htmx takes 304 for an answer with a content, which is empty.
  event.detail.shouldSwap = xhr.status === 200 && !isAtWork();
  if (xhr.status === 200) told(xhr, event.detail.shouldSwap);
});

let heard = null;
asking.addEventListener("desk:told", ({ detail }) => {
  heard = detail;
});

// What an answer says of itself. Without it the page is as it was, and says that there is more.
function told(xhr, isRight) {
  const wasHeldBack = newest !== version;
  newest = xhr.getResponseHeader("ETag").replace(/^W\//, "").replaceAll('"', "");
  if (isRight) {
    version = newest;
    isWanted = false;
    const time = asking.querySelector("time");
    time.textContent = heard.at;
    time.dateTime = heard.moment;
  }
  said("show").hidden = isRight;
  // Where nothing has changed, what was said last stays, and is not said again.
  const news = said("news");
  if (heard.news && !(wasHeldBack && news.textContent === heard.news)) news.textContent = heard.news;
}
said("show").addEventListener("click", () => {
  isWanted = true;
  askIn(0);
});

asking.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { status } = detail.xhr;
  const took = Date.now() - askedAt;
  askedAt = 0;
  if (status === 401) return end();
  if (status === 304) told(detail.xhr, known === version);
  if (status === 200 || status === 304) {
    wait = EVERY;
    said("down").hidden = true;
  } else failed();
  askIn(isWanted && status === 304 ? 0 : Math.max(wait, took * REST));
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

// What somebody has unfolded or chosen stays so while the page changes around it.
window.Idiomorph.defaults.ignoreActiveValue = true;
window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, element) =>
  !(name === "open" && element.localName === "details");

askIn(EVERY);
