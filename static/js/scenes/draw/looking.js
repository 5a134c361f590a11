// @ts-check
// Asks what the network makes of a picture: of a new one at once, after another step when the scrubber rests.

import { api } from "../../net/api.js";
import { askNewest } from "../../net/newest.js";
import { decodeArray, decodeShape } from "../../net/typed_array.js";
import { afterRest } from "./rest.js";

/**
 * @typedef {object} Wish
 * @property {string} run
 * @property {number | string} step
 * @property {boolean} live  new steps keep coming
 * @property {import("./subject.js").Subject} subject
 *
 * @typedef {{layer: string, shape: number[], maps: Float32Array}} LayerMaps  rows, columns, filters
 * @typedef {object} Seen
 * @property {Wish} wish  that it answers
 * @property {Float32Array} input  the picture as the network sees it, in the subject's shape
 * @property {Uint8Array} image  as it was sent, 0 to 255
 * @property {LayerMaps[]} layers
 * @property {string[]} names
 * @property {number[] | null} probabilities
 * @property {string | null} reason  why there are none
 */

/**
 * @param {(seen: Seen) => void} hear
 * @param {(error: Error) => void} fail
 */
export function createLooking(hear, fail) {
  const ask = askNewest(hear, fail);
  /** @type {Wish | null} */
  let newest = null;
  const rest = afterRest(() => {
    const wish = /** @type {Wish} */ (newest);
    ask(async () => read(wish, await api.activations(wish.run, wish.step, wish.subject.question)));
  });

  return (/** @type {Wish} */ wish) => {
    const before = newest;
    newest = wish;
    if (before?.run !== wish.run || before.subject.key !== wish.subject.key) rest.now();
    else if (before.step !== wish.step) rest.later(wish.live);
  };
}

/** @param {Wish} wish @param {any} told @returns {Seen} */
function read(wish, told) {
  return {
    wish: { ...wish, step: told.step },
    input: /** @type {Float32Array} */ (decodeArray(told.input)),
    image: /** @type {Uint8Array} */ (decodeArray(told.image)),
    layers: told.layers.map((/** @type {any} */ { layer, maps }) => ({
      layer,
      shape: decodeShape(maps),
      maps: decodeArray(maps),
    })),
    names: told.class_names,
    probabilities: told.probabilities,
    reason: told.reason,
  };
}
