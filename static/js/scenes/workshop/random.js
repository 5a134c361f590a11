// @ts-check
// Filters by chance, as a layer of that shape begins with them: the server draws.

import { api } from "../../net/api.js";
import { decodeArray } from "../../net/typed_array.js";

export const RULE = "glorot_uniform";

/**
 * @param {[number, number, number, number]} shape  HWIO
 * @param {number} seed
 * @returns {Promise<Float32Array>}
 */
export async function drawRandom(shape, seed) {
  const told = await api.initializer(RULE, shape, seed);
  return /** @type {Float32Array} */ (decodeArray(told.sample));
}
