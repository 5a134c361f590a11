// @ts-check
// A kernel laid over a picture, worked out number by number: the same sums as the server's, in float64.

import { cornerOf, gapsOf, outputSize } from "./laying.js";

/**
 * @typedef {{values: ArrayLike<number>, shape: [number, number, number]}} Volume  height, width, channels
 * @typedef {object} Task
 * @property {Volume} input
 * @property {Volume} kernel
 * @property {number} bias
 * @property {string} activation
 * @property {import("./laying.js").Laying} laying
 *
 * @typedef {object} Worked  One output, and all that went into it; cells as in the kernel.
 * @property {number} top  of the patch in the picture, below 0 where padding lies
 * @property {number} left
 * @property {Float64Array} patch
 * @property {Float64Array} kernel  as it was laid on
 * @property {Float64Array} products
 * @property {number} sum
 * @property {number} before  sum + bias
 * @property {number} output
 */

/** @type {Record<string, (value: number) => number>} */
const ACTIVATIONS = {
  linear: (value) => value,
  relu: (value) => Math.max(value, 0),
  tanh: Math.tanh,
  sigmoid: (value) => 1 / (1 + Math.exp(-value)),
};

/** @param {Task} task @param {number} row @param {number} column @returns {Worked} */
export function workOut(task, row, column) {
  const { input, kernel, bias, activation, laying } = task;
  const [height, width, channels] = kernel.shape;
  const [top, left] = cornerOf(task, row, column);
  const [down, across] = gapsOf(laying);
  const size = height * width * channels;
  const worked = {
    top,
    left,
    patch: new Float64Array(size),
    kernel: new Float64Array(size),
    products: new Float64Array(size),
  };
  let sum = 0;
  for (let at = 0; at < size; at++) {
    const channel = at % channels;
    const cell = Math.floor(at / channels);
    const [y, x] = [top + down * Math.floor(cell / width), left + across * (cell % width)];
    const pixel = pixelAt(input, y, x, channel);
    const weight = kernel.values[laying.flip ? (height * width - 1 - cell) * channels + channel : at];
    worked.patch[at] = pixel;
    worked.kernel[at] = weight;
    worked.products[at] = pixel * weight + 0; // no −0
    sum += worked.products[at];
  }
  return { ...worked, sum, before: sum + bias, output: ACTIVATIONS[activation](sum + bias) };
}

/** All outputs, rows · columns. @param {Task} task */
export function featureMap(task) {
  const [rows, columns] = outputSize(task);
  const map = new Float64Array(rows * columns);
  for (let place = 0; place < map.length; place++)
    map[place] = answerAt(task, Math.floor(place / columns), place % columns);
  return map;
}

/**
 * `workOut(task, row, column).output` without its parts.
 * @param {Task} task
 * @param {number} row
 * @param {number} column
 */
function answerAt(task, row, column) {
  const { input, kernel, bias, activation, laying } = task;
  const [height, width, channels] = kernel.shape;
  const [top, left] = cornerOf(task, row, column);
  const [down, across] = gapsOf(laying);
  const cells = height * width;
  let sum = 0;
  for (let cell = 0; cell < cells; cell++) {
    const [y, x] = [top + down * Math.floor(cell / width), left + across * (cell % width)];
    if (!isInside(input, y, x)) continue;
    const from = (y * input.shape[1] + x) * channels;
    const weights = (laying.flip ? cells - 1 - cell : cell) * channels;
    for (let channel = 0; channel < channels; channel++)
      sum += input.values[from + channel] * kernel.values[weights + channel];
  }
  return ACTIVATIONS[activation](sum + bias);
}

/** @param {Volume} input @param {number} row @param {number} column */
export const isInside = ({ shape }, row, column) =>
  row >= 0 && column >= 0 && row < shape[0] && column < shape[1];

/**
 * Zero where padding lies.
 * @param {Volume} input
 * @param {number} row
 * @param {number} column
 * @param {number} channel
 */
const pixelAt = (input, row, column, channel) =>
  isInside(input, row, column) ? input.values[(row * input.shape[1] + column) * input.shape[2] + channel] : 0;
