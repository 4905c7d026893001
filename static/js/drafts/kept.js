// What was typed and is not confirmed yet, by part, in this browser's storage: each window keeps its own.

// In: the prefix of the draft, the name of this window, what to call where the storage is full or
// forbidden. Then only `memory` has it, and a page that closes loses what is not saved.
export function keptTexts(prefix, tab, whenFull) {
  const memory = new Map();
  const nameOf = (question) => `${prefix}${question}:${tab}`;
  return {
    memory,
    keep(question, entry) {
      memory.set(question, entry);
      try {
        localStorage.setItem(nameOf(question), JSON.stringify({ ...entry, at: Date.now() }));
      } catch {
        whenFull();
      }
    },
    drop(question) {
      memory.delete(question);
      try {
        localStorage.removeItem(nameOf(question));
      } catch {
        /* nothing was kept there */
      }
    },
    // What windows that are gone left behind, newest first: [name, question, window, entry].
    left() {
      try {
        return Object.keys(localStorage)
          .filter((name) => name.startsWith(prefix) && !name.endsWith(`:${tab}`))
          .map((name) => [
            name,
            ...name.slice(prefix.length).split(":"),
            JSON.parse(localStorage.getItem(name)),
          ])
          .sort((one, other) => other[3].at - one[3].at);
      } catch {
        return [];
      }
    },
  };
}
