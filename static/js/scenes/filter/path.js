// @ts-check
// A filter's way through the space of its weights, seen from where it shows most.

import { filterOf } from "../../kernels/slices.js";
import { difference, norm } from "../../kernels/vectors.js";

/** @typedef {{points: [number, number][], toPlane: (direction: Float32Array) => [number, number]}} Path */

const ROUNDS = 12;

/** @type {WeakMap<import("../../types.js").Frame[], Map<number, Path>>} */
const known = new WeakMap();

/**
 * Its places in a plane: to the right from frame 0 to the last, upwards where it strays most from that.
 * @param {import("../../types.js").Frame[]} frames
 * @param {number} filter
 * @returns {Path}
 */
export function pathOf(frames, filter) {
  const paths = known.get(frames) ?? new Map();
  known.set(frames, paths);
  const path = paths.get(filter) ?? measure(frames, filter);
  paths.set(filter, path);
  return path;
}

/** @param {import("../../types.js").Frame[]} frames @param {number} filter @returns {Path} */
function measure(frames, filter) {
  const first = filterOf(frames[0].kernel, filter).weights;
  const moves = frames.map(({ kernel }) => difference(filterOf(kernel, filter).weights, first));
  const right = unit(moves[moves.length - 1]);
  const rests = moves.map((move) => without(move, right));
  let up = unit(rests.reduce((longest, rest) => (norm(rest) > norm(longest) ? rest : longest)));
  // Power iteration on the strayings' covariance: it has settled long before the eye could tell.
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float32Array(up.length);
    for (const rest of rests) {
      const share = dot(rest, up);
      for (let at = 0; at < next.length; at++) next[at] += share * rest[at];
    }
    up = unit(next);
  }
  const toPlane = (/** @type {Float32Array} */ direction) =>
    /** @type {[number, number]} */ ([dot(direction, right), dot(direction, up)]);
  return { points: moves.map(toPlane), toPlane };
}

/** @param {Float32Array} one @param {Float32Array} other */
const dot = (one, other) => one.reduce((sum, value, at) => sum + value * other[at], 0);

/** @param {Float32Array} vector */
function unit(vector) {
  const length = norm(vector) || 1;
  return vector.map((value) => value / length);
}

/** @param {Float32Array} vector @param {Float32Array} direction  of length 1 */
function without(vector, direction) {
  const share = dot(vector, direction);
  return vector.map((value, at) => value - share * direction[at]);
}
