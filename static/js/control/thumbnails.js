// @ts-check
// Each experiment's picture is a real sample of its test set.

import { api } from "../net/api.js";
import { decodeArray, decodeShape } from "../net/typed_array.js";
import { drawThumbnail } from "../views/presets.js";

const SAMPLES = 32;

/** Experiments on the same data show different samples of it. @param {import("../types.js").Preset[]} presets */
export async function loadThumbnails(presets) {
  const datasets = new Set(presets.map(({ recipe }) => recipe.dataset));
  for (const dataset of datasets) {
    const told = await api.samples(dataset, 0, SAMPLES).catch(() => null);
    if (!told) continue;
    const [, ...shape] = decodeShape(told.images);
    const size = shape.reduce((product, length) => product * length, 1);
    const pixels = /** @type {Uint8Array} */ (decodeArray(told.images));
    const users = presets.filter(({ recipe }) => recipe.dataset === dataset);
    users.forEach(({ name }, index) => {
      const start = (index + 1) * size;
      drawThumbnail(name, { pixels: pixels.subarray(start, start + size), shape });
    });
  }
}
