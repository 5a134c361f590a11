// @ts-check
// Asks which way the next batch pulls a filter, once the scrubber rests.

import { api } from "../../net/api.js";
import { askAtRest } from "../../net/asking.js";
import { decodeArray } from "../../net/typed_array.js";

/**
 * @typedef {{run: string, step: number, layer: string, filter: number, live: boolean,
 *   moving: boolean}} Asked
 * @typedef {object} Lesson
 * @property {string} key  of what it answers
 * @property {number} rate  η
 * @property {number} batch  pictures
 * @property {number | null} loss
 * @property {Float32Array | null} gradient  height, width, channels
 * @property {Float32Array | null} after
 * @property {string} remark  why there is no gradient, or in what it differs
 */

/** @param {Omit<Asked, "live" | "moving">} asked */
export const lessonKey = ({ run, step, layer, filter }) => [run, step, layer, filter].join("/");

/**
 * @param {(lesson: Lesson) => void} hear
 * @param {(error: Error) => void} fail
 */
export const createLearning = (hear, fail) =>
  askAtRest(
    {
      about: ({ run, filter }) => `${run}/${filter}`,
      ask: async (/** @type {Asked} */ asked) =>
        read(lessonKey(asked), await api.gradient(asked.run, asked.step, asked.layer, asked.filter)),
    },
    hear,
    fail,
  );

/** @param {string} key @param {import("../../net/answers.js").GradientAnswer} told @returns {Lesson} */
function read(key, told) {
  const decoded = (/** @type {import("../../types.js").TypedArraySpec | null} */ array) =>
    array ? /** @type {Float32Array} */ (decodeArray(array)) : null;
  return {
    key,
    rate: told.learning_rate,
    batch: told.batch_size,
    loss: told.loss,
    gradient: decoded(told.gradient),
    after: decoded(told.after),
    remark: told.reason ?? told.note ?? "",
  };
}
