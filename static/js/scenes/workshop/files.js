// @ts-check
// A bank as a file: a small JSON document, or NumPy's array file. What can't be read is said in a sentence.

import { decodeArray, decodeShape, encodeFloats } from "../../net/typed_array.js";
import { LARGEST_SIZE, LARGEST_WEIGHT, MOST_SLOTS, kernelOf, withKernel } from "./edits.js";
import { isNpy, readNpy, writeNpy } from "./npy.js";

/**
 * @typedef {import("./edits.js").Filters} Filters
 * @typedef {import("../../types.js").Kernel} Kernel
 *
 * @typedef {object} BankFile
 * @property {1} filterscope_bank  of this form of the document
 * @property {string} name
 * @property {import("../../types.js").TypedArraySpec} kernel  float32, HWIO; zeros where a slot is empty
 * @property {number[]} empty  slots without a filter, from 0
 * @property {string[]} labels  said below each filter
 */

const MOST_BYTES = 2 * 2 ** 20;
const MOST_NAME = 80;
const IMPORTABLE =
  "A bank is a file that “Export” wrote, or a NumPy file (.npy) of height, width, channels, filters.";

/** @param {Filters} filters @returns {BankFile} */
export function bankFile(filters) {
  const { size, channels, slots, name } = filters;
  return {
    filterscope_bank: 1,
    name,
    kernel: encodeFloats(kernelOf(filters), [size, size, channels, slots.length]),
    empty: slots.flatMap((slot, at) => (slot ? [] : [at])),
    labels: slots.map((slot) => slot?.label ?? ""),
  };
}

/** NumPy's file of the kernel, HWIO. @param {Filters} filters */
export function bankArray(filters) {
  const { size, channels, slots } = filters;
  return writeNpy(kernelOf(filters), [size, size, channels, slots.length]);
}

/**
 * The bank that a file holds.
 * @param {ArrayBuffer} content
 * @param {string} fileName
 * @returns {Filters}
 * @throws {Error} in words
 */
export function readBank(content, fileName) {
  if (content.byteLength > MOST_BYTES)
    throw new Error(`“${fileName}” is too large for a bank: at most 2 MB are read. ${IMPORTABLE}`);
  if (isNpy(content)) return filtersOf(checked(readNpy(content)), fileName.replace(/\.npy$/i, ""));
  let told;
  try {
    told = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content));
  } catch {
    throw new Error(`“${fileName}” is no bank. ${IMPORTABLE}`);
  }
  return filtersIn(told, fileName);
}

/**
 * The bank that a document holds.
 * @param {unknown} told
 * @param {string} fileName
 * @returns {Filters}
 */
export function filtersIn(told, fileName) {
  const {
    filterscope_bank: form,
    name,
    kernel,
    empty,
    labels,
  } = /** @type {Partial<BankFile>} */ (told ?? {});
  if (form !== 1) throw new Error(`“${fileName}” is no bank. ${IMPORTABLE}`);
  /** @type {Kernel} */
  let read;
  try {
    const array = /** @type {import("../../types.js").TypedArraySpec} */ (kernel);
    const shape = /** @type {Kernel["shape"]} */ (decodeShape(array));
    read = { shape, weights: Float32Array.from(decodeArray(array)) };
  } catch {
    throw new Error(
      `The numbers of “${fileName}” can’t be read: kernel must hold dtype, shape and bdata (base64).`,
    );
  }
  const filters = filtersOf(checked(read), typeof name === "string" ? name : "", labels);
  const without = new Set(Array.isArray(empty) ? empty : []);
  return { ...filters, slots: filters.slots.map((slot, at) => (without.has(at) ? null : slot)) };
}

/** @param {Kernel} kernel @param {string} name @param {unknown} [labels] @returns {Filters} */
function filtersOf(kernel, name, labels) {
  const said = Array.isArray(labels) ? labels : [];
  const label = (/** @type {number} */ at) =>
    typeof said[at] === "string" ? said[at].slice(0, 24) : "imported";
  const bare = { size: 1, channels: 1, slots: [], chosen: 0, name: name.slice(0, MOST_NAME) };
  return withKernel(bare, kernel, label);
}

/** The same kernel, if the workshop can hold it. @param {Kernel} kernel @returns {Kernel} */
function checked(kernel) {
  const { shape, weights } = kernel;
  const said = `(${shape.join(", ")})`;
  if (shape.length !== 4 || !shape.every((length) => Number.isInteger(length) && length > 0))
    throw new Error(`Its shape is ${said}; a bank has four lengths: height, width, channels, filters.`);
  const [height, width, channels, count] = shape;
  if (height !== width || height > LARGEST_SIZE)
    throw new Error(
      `Its filters are ${height} × ${width}; they must be square, up to ${LARGEST_SIZE} pixels a side.`,
    );
  if (channels !== 1 && channels !== 3)
    throw new Error(`Its filters have ${channels} channels; they must have one (gray) or three (colour).`);
  if (count > MOST_SLOTS) throw new Error(`It holds ${count} filters; a bank has at most ${MOST_SLOTS}.`);
  if (weights.length !== height * width * channels * count)
    throw new Error(
      `The shape ${said} asks for ${height * width * channels * count} numbers; there are ${weights.length}.`,
    );
  const bad = weights.find((weight) => !(Math.abs(weight) <= LARGEST_WEIGHT));
  if (bad !== undefined)
    throw new Error(`One of its numbers is ${bad}; they must be finite, and at most 1,000,000 large.`);
  return kernel;
}
