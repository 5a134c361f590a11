// @ts-check
// What each word of a line of code makes, and what the whole line does.

import { grouped } from "./numbers.js";

/**
 * @typedef {import("../types.js").Recipe} Recipe
 * @typedef {Recipe["layers"][number]} Layer
 * @typedef {import("../net/answers.js").Conv2D} Conv2D
 */

/** @param {{kernel_size: number}} layer */
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
  rows: (layer) => `${some(layer.kernel_size, "row")} in each filter’s grid, counted by u.`,
  columns: (layer) => `${some(layer.kernel_size, "column")} in each filter’s grid, counted by v.`,
  strides: ({ strides = 1 }) =>
    strides > 1 ? `The window moves ${strides} pixels at a time.` : "The window moves a pixel at a time.",
  padding: ({ padding }) =>
    padding === "same"
      ? "Zeros are put around the picture, so that every pixel is once in the middle of the window."
      : "The window stays inside the picture, so what comes out is a little smaller.",
  activation: ({ activation = "linear" }) =>
    activation === "relu" ? "Answers below zero become zero." : `Answers pass through ${activation}.`,
  kernel_initializer: () => "The rule by which chance draws the first numbers.",
  weight_decay: () => "Each step takes a little from every number that does not earn its keep.",
  trainable: ({ trainable = true }) =>
    trainable ? "Training changes its numbers." : "Frozen: training leaves its numbers as they begin.",
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

/** @type {Record<string, (layer: Conv2D, channels: number) => string>} */
const CAPTIONS = {
  kind: () => "slide filters over it",
  filters: ({ filters }) => some(filters, "filter"),
  rows: ({ kernel_size: size }) => some(size, "row"),
  columns: ({ kernel_size: size }) => some(size, "column"),
  kernel_size: (layer) => `${square(layer)} numbers each`,
  strides: ({ strides = 1 }) => `steps of ${strides}`,
  padding: ({ padding }) => (padding === "same" ? "a rim of zeros" : "loses the border"),
  activation: ({ activation }) => (activation === "relu" ? "nothing below zero" : `through ${activation}`),
  input_shape: (_, channels) =>
    channels === 1 ? "the picture, 1 gray channel" : `the picture, ${channels} colours`,
  in_channels: (_, channels) => (channels === 1 ? "gray" : `${channels} colours`),
  kernel_initializer: () => "how they begin",
  weight_decay: () => "keeps them small",
  trainable: ({ trainable = true }) => (trainable ? "learns" : "frozen"),
};

/**
 * The few words under a word, or none where the word is too short to carry them.
 * @param {string} means
 * @param {string} text  the word itself
 * @param {Conv2D} layer
 * @param {number} channels  of the pictures
 */
export function captionOf(means, text, layer, channels) {
  const caption = CAPTIONS[means]?.(layer, channels) ?? "";
  return caption.length * NARROWER <= text.length + 1 ? caption : "";
}

/** A letter of a caption is so much narrower than one of code. */
const NARROWER = 0.68;

/** @param {Layer[]} layers */
export const firstConvolution = (layers) =>
  /** @type {Conv2D} */ (layers.find(({ type }) => type === "conv2d"));

/** `Your line makes 32 grids of 3 × 3 numbers.` @param {Conv2D} layer @param {number} channels */
export function lineHeadline(layer, channels) {
  const deep = channels > 1 ? ` × ${channels}` : "";
  return `Your line makes ${some(layer.filters, "grid")} of ${square(layer)}${deep} numbers.`;
}

/** Who writes the numbers. @param {Conv2D} layer */
export function whoWrites({ trainable = true, kernel_initializer: start }) {
  const chosen = typeof start === "object";
  if (!trainable)
    return chosen ? "You chose the numbers, and they stay." : "Chance drew them, and they stay.";
  return chosen
    ? "You chose how they begin; training goes on from there."
    : "Nobody writes the numbers; training finds them.";
}

/** How many numbers there are to learn. @param {Conv2D} layer @param {number} channels */
export const parametersOf = ({ kernel_size: size, filters }, channels) =>
  size * size * channels * filters + filters;

/**
 * What another value of the word that is lit would make of the count.
 * @param {string | null} means
 * @param {Conv2D} layer
 * @param {number} channels
 */
export function otherCount(means, layer, channels) {
  const { kernel_size: size, filters } = layer;
  const count = (/** @type {Partial<Conv2D>} */ change, inputs = channels) =>
    grouped(parametersOf({ ...layer, ...change }, inputs));
  if (means === "padding") return "The border changes nothing in it.";
  if (means === "strides") return "The stride changes nothing in it.";
  if (means === "activation") return "The activation changes nothing in it.";
  if (means && ["kernel_size", "rows", "columns"].includes(means)) {
    const other = size < 10 ? size + 2 : size - 2;
    return `With ${other} × ${other} it would be ${count({ kernel_size: other })}.`;
  }
  if (means === "input_shape" || means === "in_channels")
    return channels === 1
      ? `Of colour pictures, 3 channels, it would be ${count({}, 3)}.`
      : `Of gray pictures, 1 channel, it would be ${count({}, 1)}.`;
  return `With ${2 * filters} filters it would be ${count({ filters: 2 * filters })}.`;
}
