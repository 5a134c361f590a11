// @ts-check
// What each word of a line of code makes, and what the whole line does.

import { grouped } from "./numbers.js";

/**
 * @typedef {import("../types.js").Recipe} Recipe
 * @typedef {Recipe["layers"][number]} Layer
 * @typedef {import("../net/answers.js").Conv2D} Conv2D
 * @typedef {import("../net/answers.js").PreviewLayer} Plan
 */

/** @param {Conv2D} layer */
const square = ({ kernel_size: size }) => `${size} × ${size}`;
/** @param {number} count @param {string} one */
const some = (count, one) => `${grouped(count)} ${one}${count === 1 ? "" : "s"}`;

/** @type {Record<string, (layer: any) => string>} */
const MEANINGS = {
  kind: ({ type }) => KINDS[type] ?? "A layer.",
  filters: (layer) =>
    `${some(layer.filters, "filter")}: so many grids of numbers, and so many answers at each place, ` +
    `y[…, k] with k from 0 to ${layer.filters - 1}.`,
  kernel_size: (layer) => `Each filter sees ${square(layer)} pixels at a time; u and v count them.`,
  rows: (layer) => `${layer.kernel_size} rows in each filter’s grid, counted by u.`,
  columns: (layer) => `${layer.kernel_size} columns in each filter’s grid, counted by v.`,
  strides: ({ strides }) =>
    strides > 1 ? `The window moves ${strides} pixels at a time.` : "The window moves a pixel at a time.",
  padding: ({ padding }) =>
    padding === "same"
      ? "Zeros are put around the picture, so that every pixel is once in the middle of the window."
      : "The window stays inside the picture, so what comes out is a little smaller.",
  activation: ({ activation = "linear" }) =>
    activation === "relu" ? "Answers below zero become zero." : `Answers pass through ${activation}.`,
  kernel_initializer: () => "The rule by which chance draws the first numbers.",
  weight_decay: () => "Each step takes a little from every number that does not earn its keep.",
  input_shape: () => "The pictures: rows, columns and colours. Colours are counted by c.",
  in_channels: () => "How many numbers a pixel has: one for gray, three for colour.",
  units: ({ units }) => `${some(units, "unit")}, each of which weighs every number before it.`,
  rate: ({ rate }) => `In training ${Math.round(rate * 100)} % of the numbers are left out by chance.`,
  pool_size: ({ pool_size: size }) => `Of each ${size} × ${size} answers one number is kept.`,
};

/** @type {Record<string, string>} */
const KINDS = {
  conv2d: "A window slides over the picture; at each place every filter gives one answer.",
  depthwise_conv2d: "A window slides over each channel by itself.",
  max_pool2d: "Of neighbouring answers the strongest is kept.",
  average_pool2d: "Neighbouring answers become their mean.",
  global_average_pool2d: "Each map becomes one number, its mean.",
  flatten: "All numbers in one row.",
  dense: "Every number is weighed for every unit.",
  dropout: "Some numbers are left out by chance, so that none is relied upon alone.",
  batch_normalization: "Each channel is brought to one mean and one spread.",
};

/** What a word makes. @param {string} means @param {Layer | undefined} layer */
export function wordMeaning(means, layer) {
  if (!layer) return "Nothing came of this one; see below.";
  return MEANINGS[means]?.(layer) ?? "It changes nothing that is shown here.";
}

/** @param {Layer[]} layers */
export const firstConvolution = (layers) =>
  /** @type {Conv2D} */ (layers.find(({ type }) => type === "conv2d"));

/** The answer to who specifies them. @param {Layer[]} layers */
export function leadOf(layers) {
  const layer = firstConvolution(layers);
  return (
    `${some(layer.filters, "grid")} of ${square(layer)} numbers. Nobody writes the numbers: they begin as ` +
    "chance, and training finds them."
  );
}

/**
 * The line as arithmetic, and how many numbers that are.
 * @param {Layer[]} layers
 * @param {Plan} plan  of the first convolution
 */
export function sumOf(layers, plan) {
  const layer = firstConvolution(layers);
  const [size, step] = [layer.kernel_size, layer.strides ?? 1];
  const at = (/** @type {string} */ place, /** @type {string} */ offset) =>
    step > 1 ? `${step}·${place} + ${offset}` : `${place} + ${offset}`;
  const channels = (plan.parameters / layer.filters - 1) / size ** 2;
  const [rows, columns, maps] = plan.output_shape;
  const rim = layer.padding === "same" ? ", zeros outside the picture" : "";
  const [filters, numbers] = [layer.filters, grouped(plan.parameters)];
  return (
    `y[i, j, k] = b[k] + Σ w[u, v, c, k] · x[${at("i", "u")}, ${at("j", "v")}, c]${rim}\n` +
    `${size}·${size}·${channels}·${filters} + ${filters} = ${numbers} numbers; ` +
    `${rows} × ${columns} × ${maps} come out of a picture.`
  );
}
