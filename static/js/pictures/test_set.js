// @ts-check
// The data set's own pictures: one of each class to choose from, and any other by its number.

import { api } from "../net/api.js";
import { decodeArray, decodeShape } from "../net/typed_array.js";

/**
 * @typedef {{index: number, label: number, name: string, pixels: Uint8Array,
 *   shape: import("./drawing.js").Shape}} Picture
 */

const SOUGHT = 96;
const SHOWN = 10;
const RETRY_MILLISECONDS = 3000;

export class TestSet {
  /** What was asked for; null until it is here. @type {Map<string, Picture[] | null>} */
  #known = new Map();

  /** @param {() => void} hear  called when more is known */
  constructor(hear) {
    this.hear = hear;
  }

  /** The first picture of each class, or the first few where there are none. @param {string} dataset */
  examples(dataset) {
    const pictures = this.#find(dataset, 0, SOUGHT);
    const classes = new Set(pictures.map(({ label }) => label));
    if (classes.size < 2) return pictures.slice(0, SHOWN);
    return [...classes]
      .sort((one, other) => one - other)
      .map((label) => /** @type {Picture} */ (pictures.find((one) => one.label === label)));
  }

  /**
   * Picture `index` of the test set, or null until it is here.
   * @param {string} dataset
   * @param {number} index
   */
  picture(dataset, index) {
    if (index < SOUGHT) return this.#find(dataset, 0, SOUGHT)[index] ?? null;
    return this.#find(dataset, index, 1)[0] ?? null;
  }

  /** @param {string} dataset @param {number} start @param {number} count */
  #find(dataset, start, count) {
    const known = this.#known;
    const key = `${dataset}/${start}/${count}`;
    const found = known.get(key);
    if (found === undefined) {
      known.set(key, null);
      fetchPictures(dataset, start, count).then(
        (pictures) => known.set(key, pictures) && this.hear(),
        () => setTimeout(() => known.delete(key) && this.hear(), RETRY_MILLISECONDS),
      );
    }
    return found ?? [];
  }
}

/** @param {string} dataset @param {number} start @param {number} count @returns {Promise<Picture[]>} */
async function fetchPictures(dataset, start, count) {
  const told = await api.samples(dataset, start, count);
  const [found, ...shape] = decodeShape(told.images);
  const pixels = /** @type {Uint8Array} */ (decodeArray(told.images));
  const size = pixels.length / Math.max(1, found);
  return told.labels.map((label, at) => ({
    index: start + at,
    label,
    name: told.class_names[label] ?? `picture ${start + at}`,
    pixels: pixels.subarray(at * size, (at + 1) * size),
    shape: /** @type {Picture["shape"]} */ (shape),
  }));
}
