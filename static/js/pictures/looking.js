// @ts-check
// Asks what the network makes of a picture: of a new one at once, after another step when the scrubber rests.

import { api } from "../net/api.js";
import { askAtRest } from "../net/asking.js";
import { decodeArray, decodeShape } from "../net/typed_array.js";
import { softmax } from "./softmax.js";

/**
 * @typedef {import("../net/answers.js").ActivationsAnswer} Answer
 * @typedef {object} Asked
 * @property {string} run
 * @property {number | string} step
 * @property {boolean} live  new steps keep coming
 * @property {boolean} moving  so does the film
 * @property {import("./subject.js").Subject} subject
 * @property {import("../state/switched.js").Switched | null} [switched]  filters, in a copy of the network
 *
 * @typedef {{layer: string, shape: number[], maps: Float32Array}} LayerMaps  rows, columns, filters
 * @typedef {object} Seen
 * @property {Asked} asked  that it answers
 * @property {Float32Array} input  the picture as the network sees it, in the subject's shape
 * @property {Uint8Array} image  as it was sent, 0 to 255
 * @property {LayerMaps[]} layers
 * @property {string[]} names  of the classes; numbers from 0 where nobody named them
 * @property {boolean} isNumbered
 * @property {number[] | null} probabilities
 * @property {string | null} reason  why there are none
 */

/**
 * @param {(seen: Seen) => void} hear
 * @param {(error: Error) => void} fail
 */
export const createLooking = (hear, fail) =>
  askAtRest(
    {
      about: ({ run, subject, switched }) =>
        `${run}/${subject.key}/${switched ? JSON.stringify(switched) : ""}`,
      ask: async (/** @type {Asked} */ asked) =>
        read(asked, await api.activations(asked.run, asked.step, questionOf(asked))),
    },
    hear,
    fail,
  );

/** @param {Asked} asked */
const questionOf = ({ subject, switched }) =>
  switched ? { ...subject.question, switched } : subject.question;

/** @param {Asked} asked @param {Answer} told @returns {Seen} */
function read(asked, told) {
  return {
    asked: { ...asked, step: told.step },
    input: /** @type {Float32Array} */ (decodeArray(told.input)),
    image: /** @type {Uint8Array} */ (decodeArray(told.image)),
    layers: told.layers.map(({ layer, maps }) => ({
      layer,
      shape: decodeShape(maps),
      maps: /** @type {Float32Array} */ (decodeArray(maps)),
    })),
    ...answersIn(told),
  };
}

/** By the names of the classes, or numbered from 0 where nobody told them. @param {Answer} told */
function answersIn({ class_names: names, probabilities, logits, reason }) {
  const isNumbered = names.length === 0 && Boolean(logits);
  if (!isNumbered || !logits) return { names, probabilities, reason, isNumbered };
  return {
    names: logits.map((_, at) => String(at)),
    probabilities: softmax(logits),
    reason: `${reason ?? ""} They are numbered from 0, as its last layer has them.`.trim(),
    isNumbered,
  };
}
