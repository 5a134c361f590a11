// @ts-check
// What the filter in the editor answers, kept up while it changes: of a few cells only what they change.

import { addChanges, answersAlong, correlate } from "../../kernels/correlate.js";

/** More changed numbers than this are worked out anew. */
const FEW = 12;
/** After so many, all is added up anew, or roundings would add up too. */
const MOST_ADDED = 200;

/** @typedef {import("../../kernels/correlate.js").Planes} Planes */

export class Answer {
  rows = 0;
  columns = 0;
  /** Row after row. @type {Float32Array} */
  values = new Float32Array(0);
  /** The largest |answer|. */
  largest = 0;
  /** Where it is, row and column. @type {[number, number]} */
  strongest = [0, 0];
  #added = 0;
  /** @type {Planes | null} */
  #picture = null;
  #size = 0;
  /** @type {Float32Array} */
  #weights = new Float32Array(0);

  /**
   * @param {Planes} picture
   * @param {Float32Array} weights  size, size, channels
   * @param {number} size
   * @returns {boolean} whether anything is another
   */
  update(picture, weights, size) {
    const isNew = picture !== this.#picture || size !== this.#size || weights.length !== this.#weights.length;
    const changes = isNew ? [] : changesOf(this.#weights, weights);
    if (!isNew && !changes.length) return false;
    this.#added += changes.length;
    if (isNew || changes.length > FEW || this.#added > MOST_ADDED) this.#workOut(picture, weights, size);
    else addChanges(picture, changes, size, this.values);
    this.#picture = picture;
    this.#size = size;
    this.#weights = weights;
    this.#measure();
    return true;
  }

  /** @param {Planes} picture @param {Float32Array} weights @param {number} size */
  #workOut(picture, weights, size) {
    this.#added = 0;
    this.rows = answersAlong(picture.height, size);
    this.columns = answersAlong(picture.width, size);
    if (this.values.length !== this.rows * this.columns)
      this.values = new Float32Array(this.rows * this.columns);
    if (this.values.length) correlate(picture, weights, size, this.values);
  }

  #measure() {
    const { values } = this;
    let [most, place] = [0, 0];
    for (let at = 0; at < values.length; at++) {
      const strength = values[at] < 0 ? -values[at] : values[at];
      if (strength > most) [most, place] = [strength, at];
    }
    this.largest = most;
    this.strongest = [Math.floor(place / this.columns) || 0, place % this.columns || 0];
  }

  /** @param {[number, number]} place  row and column */
  at([row, column]) {
    return this.values[row * this.columns + column] ?? 0;
  }
}

/** @param {Float32Array} before @param {Float32Array} weights */
function changesOf(before, weights) {
  const changes = [];
  for (let at = 0; at < weights.length && changes.length <= FEW; at++)
    if (weights[at] !== before[at]) changes.push({ at, by: weights[at] - before[at] });
  return changes;
}
