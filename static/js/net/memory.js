// @ts-check
// What the server answered to one kind of question, kept by what the answer depends on.

const MOST_KEPT = 20;

/** @typedef {import("../types.js").State} State */

/**
 * The last answer there was, and whether it is of now.
 * @template T
 * @typedef {{value: T | null, current: boolean, error: Error | null}} Answer
 */

/** @template T */
export class Memory {
  /** @type {Map<string, {value: T | null, error: Error | null}>} */
  #known = new Map();
  /** @type {Set<string>} */
  #asked = new Set();
  /** @type {T | null} */
  #last = null;

  /**
   * @param {(state: State) => Promise<T>} question
   * @param {() => void} changed  called when an answer came
   */
  constructor(question, changed) {
    this.question = question;
    this.changed = changed;
  }

  /** Asks unless it is known or on its way. @param {string} key @param {State} state */
  async ask(key, state) {
    const known = this.#known;
    if (this.#asked.has(key) || known.get(key)?.error === null) return;
    this.#asked.add(key);
    const answer = await this.question(state).then(
      (value) => ({ value, error: null }),
      (error) => ({ value: null, error }),
    );
    this.#asked.delete(key);
    known.set(key, answer);
    if (known.size > MOST_KEPT) known.delete(/** @type {string} */ (known.keys().next().value));
    this.changed();
  }

  /** @param {string | undefined} key @returns {Answer<T>} */
  told(key) {
    const found = key === undefined ? undefined : this.#known.get(key);
    if (found?.value) this.#last = found.value;
    return {
      value: key === undefined ? null : this.#last,
      current: Boolean(found?.value),
      error: found?.error ?? null,
    };
  }
}
