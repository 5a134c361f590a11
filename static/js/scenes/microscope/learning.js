// @ts-check
// Asks which way the next batch pulls a filter, once the scrubber rests.

import { api } from "../../net/api.js";
import { askNewest } from "../../net/newest.js";
import { decodeArray } from "../../net/typed_array.js";
import { afterRest } from "../draw/rest.js";

/**
 * @typedef {{run: string, step: number, layer: string, filter: number, live: boolean}} Wish
 * @typedef {object} Lesson
 * @property {string} key  of what it answers
 * @property {number} rate  η
 * @property {number} batch  pictures
 * @property {number | null} loss
 * @property {Float32Array | null} gradient  height, width, channels
 * @property {Float32Array | null} after
 * @property {string} remark  why there is no gradient, or in what it differs
 */

/** @param {Omit<Wish, "live">} wish */
export const lessonKey = ({ run, step, layer, filter }) => [run, step, layer, filter].join("/");

/**
 * @param {(lesson: Lesson) => void} hear
 * @param {(error: Error) => void} fail
 */
export function createLearning(hear, fail) {
  const ask = askNewest(hear, fail);
  /** @type {Wish | null} */
  let newest = null;
  const rest = afterRest(() => {
    const wish = /** @type {Wish} */ (newest);
    ask(async () => read(lessonKey(wish), await api.gradient(wish.run, wish.step, wish.layer, wish.filter)));
  });

  return (/** @type {Wish} */ wish) => {
    const before = newest;
    newest = wish;
    if (before?.run !== wish.run || before.filter !== wish.filter) rest.now();
    else if (before.step !== wish.step) rest.later(wish.live);
  };
}

/** @param {string} key @param {any} told @returns {Lesson} */
function read(key, told) {
  const decoded = (/** @type {any} */ array) =>
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
