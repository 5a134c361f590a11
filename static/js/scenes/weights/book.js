// @ts-check
// What the server said of initialisers: looked up at once where known, else asked, the newest question first.

import { api } from "../../net/api.js";
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
 * @param {() => void} heard
 */
export function createBook(heard) {
  /** @type {Map<string, Answer | null>} */
  const known = new Map();
  /** @type {Question | null} */
  let next = null;
  let busy = false;

  async function work() {
    if (busy) return;
    busy = true;
    while (next) {
      const question = next;
      next = null;
      const told = await api.initializer(question.name, question.shape, question.seed).catch(() => null);
      known.set(keyOf(question), told && answerOf(told));
      if (known.size > KEPT) known.delete(/** @type {string} */ (known.keys().next().value));
      heard();
    }
    busy = false;
  }

  return {
    /**
     * The answer; null where it can't be had, undefined while it is not there yet.
     * @param {Question} question
     */
    look(question) {
      const key = keyOf(question);
      if (!known.has(key)) {
        for (const [other, answer] of known) if (answer === null) known.delete(other); // to be tried again
        next = question;
        work();
      }
      return known.get(key);
    },
  };
}

/** @param {Question} question */
const keyOf = ({ name, shape, seed }) => `${name}/${shape}/${seed}`;

/** @param {import("../../net/answers.js").InitializerAnswer} told @returns {Answer} */
function answerOf(told) {
  const weights = /** @type {Float32Array} */ (decodeArray(told.sample));
  const shape = /** @type {Answer["shape"]} */ (told.shape);
  return { ...told, shape, weights, wrongBound: told.wrong_answer?.bound ?? null };
}
