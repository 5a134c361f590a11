// @ts-check
// What the server tells of a sweep at a moment, as the board takes it.

import { decodeArray, decodeShape } from "../net/typed_array.js";
import { keyOf } from "./model.js";
import { limitOfKernels } from "./strip.js";

/**
 * @typedef {import("../types.js").Kernel} Kernel
 * @typedef {import("../net/sweeps.js").Told} Told
 * @typedef {import("../net/sweeps.js").Strips} Strips
 * @typedef {import("./board.js").Moment} Moment
 */

/** @param {import("../types.js").TypedArraySpec} told @returns {Kernel} */
export function kernelOf(told) {
  const shape = /** @type {Kernel["shape"]} */ (/** @type {unknown} */ (decodeShape(told)));
  return { shape, weights: /** @type {Float32Array} */ (decodeArray(told)) };
}

/** @param {Told} sweep @param {Strips} told @returns {Moment} */
export function momentOf(sweep, told) {
  const seeds = new Map(sweep.cells.map((cell) => [keyOf(cell.at), cell.seeds]));
  /** @type {Moment} */
  const moment = { kernels: new Map(), values: new Map(), limit: 1 };
  for (const cell of told.cells) {
    const key = keyOf(cell.at);
    if (cell.kernels) moment.kernels.set(key, kernelOf(cell.kernels));
    const then = new Map(cell.seeds.map((seed) => [seed.seed, seed]));
    const known = (seeds.get(key) ?? []).map((seed) => ({
      ...seed,
      ...then.get(seed.seed),
      step: seed.step,
    }));
    moment.values.set(key, known);
  }
  return moment;
}

/** One scale for the filters of some moments: those of cells that broke would stretch it.
 * @param {Told} sweep @param {Moment[]} moments */
export function limitOfAll({ cells }, moments) {
  const sound = cells.filter(({ seeds }) => !seeds.some(({ error }) => error === "diverged"));
  const kernels = moments.map((moment) => sound.map(({ at }) => moment.kernels.get(keyOf(at)) ?? null));
  return Math.max(...kernels.map(limitOfKernels)) || 1;
}
