// @ts-check
// A network's layers in words: names, shapes, how many numbers they learn, who listens to whom.

import { grouped, percent } from "./numbers.js";

/**
 * @typedef {import("../types.js").Layer} Layer
 * @typedef {object} Plan  of one layer, as the server tells it
 * @property {string} name
 * @property {string} type
 * @property {number[]} output_shape
 * @property {number} parameters
 * @typedef {{index: number, length: number, balance: number}} Link  to or from another map
 * @typedef {"adds" | "takes" | "both"} Sense
 */

/** @type {Record<string, string>} */
const SHORT = {
  depthwise_conv: "depthwise",
  batch_normalization: "batch norm",
  max_pool: "pool",
  average_pool: "mean pool",
  global_average_pool: "mean of each",
};
/** Their number says which one; of the others there is often but one. */
const NUMBERED = new Set(["conv", "dense"]);

/**
 * `conv1`, `pool`: numbered where there are several.
 * @param {{name: string}} plan
 * @param {{name: string}[]} plans  of the whole network
 */
export function shortName({ name }, plans) {
  const stem = stemOf(name);
  const isAlone = plans.filter((other) => stemOf(other.name) === stem).length === 1;
  const number = NUMBERED.has(stem) || !isAlone ? name.slice(stem.length) : "";
  const word = SHORT[stem] ?? stem;
  return number && word.includes(" ") ? `${word} ${number}` : word + number;
}

/** @param {string} name */
const stemOf = (name) => name.replace(/\d+$/, "");

/** @param {number[]} shape */
export const shapeText = (shape) => shape.map(grouped).join("×");

/**
 * How the number of numbers comes about: `3·3·1·32 + 32 = 320`; empty where nothing is learned.
 * @param {Layer} layer
 * @param {Plan} plan
 * @param {number[]} input  shape of what goes in
 */
function formulaOf(layer, { output_shape, parameters }, input) {
  if (!parameters) return "";
  const terms = termsOf(layer, output_shape.at(-1) ?? 0, input);
  const products = terms.map((factors) => factors.reduce((product, factor) => product * factor, 1));
  const told = terms.filter((_, at) => at === 0 || products.slice(0, at + 1).reduce(sum, 0) <= parameters);
  if (told.flat().length === 1) return grouped(parameters);
  return `${told.map((factors) => factors.map(grouped).join("·")).join(" + ")} = ${grouped(parameters)}`;
}

/** @param {number} one @param {number} other */
const sum = (one, other) => one + other;

/**
 * The kernel's factors, then the bias's; of a normalisation, what it scales and shifts by.
 * @param {Layer} layer
 * @param {number} outputs
 * @param {number[]} input
 * @returns {number[][]}
 */
function termsOf(layer, outputs, input) {
  const channels = input.at(-1) ?? 0;
  switch (layer.type) {
    case "conv2d":
      return [[layer.kernel_size, layer.kernel_size, channels, outputs], [outputs]];
    case "depthwise_conv2d":
      return [
        [layer.kernel_size, layer.kernel_size, channels, layer.depth_multiplier ?? 1],
        [channels * (layer.depth_multiplier ?? 1)],
      ];
    case "dense":
      return [[channels, outputs], [outputs]];
    case "batch_normalization":
      return [[channels], [channels]];
  }
  return [];
}

/** What a layer does that learns nothing. @param {Layer} layer */
export function workOf(layer) {
  switch (layer.type) {
    case "max_pool2d":
      return `the largest of ${layer.pool_size ?? 2}×${layer.pool_size ?? 2}`;
    case "average_pool2d":
      return `the mean of ${layer.pool_size ?? 2}×${layer.pool_size ?? 2}`;
    case "global_average_pool2d":
      return "the mean of each map";
    case "dropout":
      return `leaves out ${percent(layer.rate)} while it trains`;
    case "flatten":
      return "lays all numbers in a row";
  }
  return "";
}

/** @param {Layer} layer @param {Plan} plan @param {number[]} input */
export function costOf(layer, plan, input) {
  const formula = formulaOf(layer, plan, input);
  if (!formula) return "nothing to learn";
  return "trainable" in layer && layer.trainable === false ? `${formula}, frozen` : formula;
}

/** Adds where its weights add at least twice as much as they take, or the other way round. */
const ONE_SIDED = 1 / 3;

/** @param {Link} link @returns {Sense} */
export const senseOf = ({ balance }) =>
  Math.abs(balance) < ONE_SIDED ? "both" : balance > 0 ? "adds" : "takes";

/** @type {Record<Sense, string>} */
const TO = { adds: `adds to`, takes: `takes from`, both: `adds to and takes from` };

/** `adds to 32` @param {Link} link @param {(index: number) => string} nameOf */
export const linkText = (link, nameOf) => `${TO[senseOf(link)]} ${nameOf(link.index)}`;

/** `28×28 → 32 → 32 → pool → 128 → 10` @param {number[]} picture @param {Plan[]} plans */
export function lineOf(picture, plans) {
  const parts = plans
    .filter(({ type }) => type !== "dropout" && type !== "flatten")
    .map((plan) => (plan.parameters ? grouped(plan.output_shape.at(-1) ?? 0) : shortName(plan, plans)));
  return [shapeText(picture.slice(0, 2)), ...parts].join(" → ");
}

/** How many numbers learn. @param {Layer[]} layers @param {Plan[]} plans */
export const learningIn = (layers, plans) =>
  plans.reduce(
    (total, { parameters }, at) =>
      total + ("trainable" in layers[at] && layers[at].trainable === false ? 0 : parameters),
    0,
  );
