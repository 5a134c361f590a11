// @ts-check
// What the server said of initialisers: looked up at once where known, else asked, the newest question first.

import { api } from "../../net/api.js";
import { askNewest } from "../../net/newest.js";
import { decodeArray } from "../../net/typed_array.js";

/**
 * @typedef {{name: string, shape: [number, number, number, number], seed: number}} Question
 * @typedef {object} Answer  What an initialiser does to kernels of one shape.
 * @property {string} name
 * @property {string} distribution  "uniform" or "truncated_normal"
 * @property {string} mathml
 * @property {number} seed
 * @property {number} fan_in
 * @property {number} fan_out
 * @property {number} bound  the largest |weight| there can be
 * @property {number} standard_deviation
 * @property {Float32Array} weights  one draw, HWIO
 * @property {[number, number, number, number]} shape
 * @property {number | null} wrongBound  without the square root, where people leave it out
 */

const KEPT = 8;

/**
 * Answers to one question after another; while one is under way only the newest waits, so that a
 * dragged slider never has more than one request out.
 */
export class Book {
  /** @type {Map<string, Answer | null>} */
  #known = new Map();

  /** @param {() => void} heard */
  constructor(heard) {
    this.heard = heard;
    this.ask = askNewest(
      (/** @type {[string, Answer | null]} */ [key, answer]) => this.#keep(key, answer),
      () => {},
    );
  }

  /**
   * The answer; null where it can't be had, undefined while it is not there yet.
   * @param {Question} question
   */
  look(question) {
    const known = this.#known;
    const key = keyOf(question);
    if (!known.has(key)) {
      for (const [other, answer] of known) if (answer === null) known.delete(other); // to be tried again
      this.ask(async () => [key, await answerTo(question)]);
    }
    return known.get(key);
  }

  /** @param {string} key @param {Answer | null} answer */
  #keep(key, answer) {
    this.#known.set(key, answer);
    if (this.#known.size > KEPT) this.#known.delete(/** @type {string} */ (this.#known.keys().next().value));
    this.heard();
  }
}

/** @param {Question} question */
async function answerTo({ name, shape, seed }) {
  const told = await api.initializer(name, shape, seed).catch(() => null);
  return told && answerOf(told);
}

/** @param {Question} question */
const keyOf = ({ name, shape, seed }) => `${name}/${shape}/${seed}`;

/** @param {import("../../net/answers.js").InitializerAnswer} told @returns {Answer} */
function answerOf(told) {
  const weights = /** @type {Float32Array} */ (decodeArray(told.sample));
  const shape = /** @type {Answer["shape"]} */ (told.shape);
  return { ...told, shape, weights, wrongBound: told.wrong_answer?.bound ?? null };
}
