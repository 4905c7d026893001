// A page for the tests of scripts: happy-dom in place of a browser, a clock and a server of the test's own.

import { mock } from "node:test";
import { Window } from "happy-dom";

// What modules reach as globals; each file of tests is a process of its own.
const NAMES = [
  "document",
  "localStorage",
  "location",
  "FormData",
  "Event",
  "DOMParser",
  "CustomEvent",
  "SubmitEvent",
];

export function openPage(html) {
  const window = new Window({
    url: "http://localhost/applications/1/",
    // Nothing is fetched: a script that a page asks for fails as over a broken line.
    settings: { disableJavaScriptFileLoading: true },
  });
  window.document.body.innerHTML = html;
  for (const name of NAMES) globalThis[name] = window[name];
  const state = { isOnline: true, answers: [], requests: [], held: [], gate: null };
  const listeners = new Map();
  globalThis.window = window;
  globalThis.addEventListener = (name, listener) =>
    listeners.set(name, [...(listeners.get(name) ?? []), listener]);
  Object.defineProperty(globalThis, "navigator", {
    configurable: true,
    value: {
      get onLine() {
        return state.isOnline;
      },
      locks: {
        request: (name) => state.held.push({ name }),
        query: async () => ({ held: state.held }),
      },
    },
  });
  // One answer after the other; an error where the line is down.
  globalThis.fetch = async (address, options = {}) => {
    state.requests.push({ address, ...options, fields: Object.fromEntries(options.body ?? []) });
    await state.gate;
    const answer = state.answers.shift() ?? { saved: {}, overtaken: [], changed: [], problems: {} };
    if (answer instanceof Error) throw answer;
    const { status = 200, ...told } = answer;
    return { ok: status < 400, status, json: async () => told };
  };
  return {
    window,
    state,
    dispatch(name, detail = {}) {
      for (const listener of listeners.get(name) ?? []) listener({ ...detail });
    },
  };
}

// Timers of the test's own: `mock.timers.tick` moves them.
export function stopClock() {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  AbortSignal.timeout = () => new AbortController().signal;
}

// Lets promises that are settled go on.
export async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
