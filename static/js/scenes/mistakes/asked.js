// @ts-check
// What the server says of the step looked at: asked when the scrubber has come to rest, and kept.

import { api } from "../../net/api.js";
import { knows } from "../../state/known.js";
import { isLive, isMoving, judgedFrame } from "../../state/selectors.js";
import { cellIn } from "./cell.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../net/answers.js").ConfusionAnswer} ConfusionAnswer
 * @typedef {import("../../net/answers.js").MistakesAnswer} MistakesAnswer
 * @typedef {import("../../net/answers.js").AblationAnswer} AblationAnswer
 */
/**
 * @template T
 * @typedef {{value: T | null, current: boolean, error: Error | null}} Answered
 */
/**
 * @typedef {object} Told
 * @property {Answered<ConfusionAnswer>} matrix
 * @property {Answered<MistakesAnswer>} list
 * @property {Answered<AblationAnswer>} worth
 */

const RESTED_MILLISECONDS = 150;
/** While it trains nothing rests; then it is asked now and then. */
const FOLLOWING_MILLISECONDS = 2500;
const MOST_KEPT = 60;

export class Asked {
  #seen = "";
  #timer = 0;
  /** @type {Map<string, {value: any, error: Error | null}>} */
  #known = new Map();
  /** The last answer to each kind of question, of one run. @type {Map<string, any>} */
  #last = new Map();
  #run = "";

  /** @param {import("../../store.js").Store} store @param {() => void} changed  an answer came */
  constructor(store, changed) {
    this.store = store;
    this.changed = changed;
  }

  /** Asks nothing more. */
  rest() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#seen = "";
  }

  /** @param {State} state */
  see(state) {
    if ((state.run?.id ?? "") !== this.#run) this.#last.clear();
    this.#run = state.run?.id ?? "";
    const now = isMoving(state)
      ? ""
      : questionsOf(state)
          .map(([, key]) => key)
          .join("|");
    if (now === this.#seen) return;
    this.#seen = now;
    const follows = isLive(state) && state.view.step === null;
    if (follows && this.#timer) return;
    clearTimeout(this.#timer);
    const wait = follows && this.#last.size ? FOLLOWING_MILLISECONDS : RESTED_MILLISECONDS;
    this.#timer = now ? window.setTimeout(() => this.#ask(), wait) : 0;
  }

  /** What is known by now, or was last of the same run. @param {State} state @returns {Told} */
  told(state) {
    /** @type {Record<string, Answered<any>>} */
    const told = {};
    for (const name of ["matrix", "list", "worth"])
      told[name] = { value: this.#last.get(name) ?? null, current: false, error: null };
    for (const [name, key] of questionsOf(state)) {
      const found = this.#known.get(key);
      if (!found) continue;
      if (found.value) this.#last.set(name, found.value);
      told[name] = { value: found.value, current: Boolean(found.value), error: found.error };
    }
    return /** @type {Told} */ (told);
  }

  async #ask() {
    this.#timer = 0;
    for (const [, key, question] of questionsOf(this.store.state)) {
      if (this.#known.get(key)?.value) continue;
      const answer = await question().then(
        (value) => ({ value, error: null }),
        (error) => ({ value: null, error }),
      );
      this.#known.set(key, answer);
      if (this.#known.size > MOST_KEPT)
        this.#known.delete(/** @type {string} */ (this.#known.keys().next().value));
      this.changed();
    }
  }
}

/**
 * Name, key and question, in the order in which they are asked; what takes a second not of a moving target.
 * @param {State} state
 * @returns {[string, string, () => Promise<unknown>][]}
 */
function questionsOf(state) {
  const { run, frames } = state;
  const frame = frames.length ? judgedFrame(state) : null;
  if (!run || !frame || !knows(state, "data")) return [];
  const { step, layer } = frame;
  const cell = cellIn(state);
  const at = `${run.id}/${step}`;
  /** @type {[string, string, () => Promise<unknown>][]} */
  const asked = [
    ["matrix", `matrix ${at}`, () => api.confusion(run.id, step)],
    ["list", `list ${at} ${cell?.label}-${cell?.taken}`, () => api.mistakes(run.id, step, cell)],
  ];
  const follows = isLive(state) && state.view.step === null;
  if (!follows) asked.push(["worth", `worth ${at}`, () => api.ablation(run.id, step, { layer })]);
  return asked;
}
