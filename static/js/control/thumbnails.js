// @ts-check
// Each experiment's picture is a real sample of its test set.

import { api } from "../net/api.js";
import { decodeArray, decodeShape } from "../net/typed_array.js";
import { drawThumbnail } from "../views/presets.js";

const SAMPLES = 32;

/**
 * Experiments on the same data show different samples of it.
 * @param {import("../types.js").Preset[]} presets
 */
export async function loadThumbnails(presets) {
  const datasets = new Set(presets.map(({ recipe }) => recipe.dataset));
  for (const dataset of datasets) {
    const told = await api.samples(dataset, 0, SAMPLES).catch(() => null);
    if (!told) continue;
    const [, ...shape] = decodeShape(told.images);
    const size = shape.reduce((product, length) => product * length, 1);
    const pixels = /** @type {Uint8Array} */ (decodeArray(told.images));
    const users = presets.filter(({ recipe }) => recipe.dataset === dataset);
    const images = Array.from({ length: SAMPLES }, (_, index) =>
      pixels.subarray(index * size, (index + 1) * size),
    );
    const telling = oneOfEachClass(images, told.labels, shape[2]);
    users.forEach(({ name }, index) =>
      drawThumbnail(name, { pixels: telling[index % telling.length], shape }),
    );
  }
}

/**
 * The most colourful and varied image of each class, the best one first.
 * @param {Uint8Array[]} images
 * @param {number[]} labels
 * @param {number} channels
 */
function oneOfEachClass(images, labels, channels) {
  const order = images.map((image, index) => ({
    image,
    label: labels[index],
    worth: spread(image) + colourfulness(image, channels),
  }));
  order.sort((one, other) => other.worth - one.worth);
  return order
    .filter((one, index) => order.findIndex(({ label }) => label === one.label) === index)
    .map(({ image }) => image);
}

/** The standard deviation of an image. @param {Uint8Array} image */
function spread(image) {
  const mean = image.reduce((sum, value) => sum + value, 0) / image.length;
  return Math.sqrt(image.reduce((sum, value) => sum + (value - mean) ** 2, 0) / image.length);
}

/** How far the channels lie apart, on average. @param {Uint8Array} image @param {number} channels */
function colourfulness(image, channels) {
  let sum = 0;
  for (let at = 0; at < image.length; at += channels) {
    const pixel = image.subarray(at, at + channels);
    sum += Math.max(...pixel) - Math.min(...pixel);
  }
  return (sum * channels) / image.length;
}
