// @ts-check
// A test picture as the network sees it: of a run as that run told it, else as its recipe scales it.

import { api } from "../../net/api.js";
import { decodeArray, decodeShape } from "../../net/typed_array.js";

const RETRY_MILLISECONDS = 3000;

/**
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {object} Seen
 * @property {Float32Array} input  what the filters are laid over
 * @property {Uint8Array} image  0 to 255
 * @property {[number, number, number]} shape  rows, columns, channels
 */

export class SeenPictures {
  /** Null until it is here. @type {Map<string, Seen | null>} */
  #known = new Map();
  problem = "";

  /** @param {() => void} hear  called when more is known */
  constructor(hear) {
    this.hear = hear;
  }

  /** @param {Subject} subject @param {number} index  of the picture @returns {Seen | null} */
  of(subject, index) {
    const { run, recipe } = subject;
    const { dataset, scaling, pixels, seed } = recipe;
    const key = [run, dataset, scaling, pixels, seed, index].join();
    const found = this.#known.get(key);
    if (found !== undefined) return found;
    this.#known.set(key, null);
    fetchSeen(subject, index).then(
      (seen) => {
        this.problem = "";
        this.#known.set(key, seen);
        this.hear();
      },
      (/** @type {Error} */ { message }) => {
        this.problem = `The picture could not be fetched: ${message}`;
        this.hear();
        setTimeout(() => this.#known.delete(key) && this.hear(), RETRY_MILLISECONDS);
      },
    );
    return null;
  }
}

/** @param {Subject} subject @param {number} index @returns {Promise<Seen>} */
async function fetchSeen({ run, recipe }, index) {
  const { input, image } = run
    ? await api.activations(run, "first", { index })
    : await api
        .sampleSeen(recipe, index)
        .then(({ inputs, images }) => ({ input: /** @type {typeof images} */ (inputs), image: images }));
  return {
    input: /** @type {Float32Array} */ (decodeArray(input)),
    image: /** @type {Uint8Array} */ (decodeArray(image)),
    shape: /** @type {Seen["shape"]} */ (decodeShape(input).slice(-3)),
  };
}
