// @ts-check
// What the server answered to one kind of question, kept by what the answer depends on.

const MOST_KEPT = 20;

/** @typedef {import("../../types.js").State} State */

/**
 * The last answer there was, and whether it is of now.
 * @template T
 * @typedef {{value: T | null, current: boolean, error: Error | null}} Answer
 */

/**
 * @template T
 * @param {(state: State) => Promise<T>} question
 * @param {() => void} changed  called when an answer came
 */
export function createMemory(question, changed) {
  /** @type {Map<string, {value: T | null, error: Error | null}>} */
  const known = new Map();
  /** @type {Set<string>} */
  const asked = new Set();
  /** @type {T | null} */
  let last = null;

  return {
    /** Asks unless it is known or on its way. @param {string} key @param {State} state */
    async ask(key, state) {
      if (asked.has(key) || known.get(key)?.error === null) return;
      asked.add(key);
      const answer = await question(state).then(
        (value) => ({ value, error: null }),
        (error) => ({ value: null, error }),
      );
      asked.delete(key);
      known.set(key, answer);
      if (known.size > MOST_KEPT) known.delete(/** @type {string} */ (known.keys().next().value));
      changed();
    },
    /** @param {string | undefined} key @returns {Answer<T>} */
    told(key) {
      const found = key === undefined ? undefined : known.get(key);
      if (found?.value) last = found.value;
      return {
        value: key === undefined ? null : last,
        current: Boolean(found?.value),
        error: found?.error ?? null,
      };
    },
  };
}
