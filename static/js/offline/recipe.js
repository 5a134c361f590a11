// @ts-check
// A recipe in words.

import { heldWords } from "../words/going_on.js";
import { grouped } from "../words/numbers.js";

/**
 * @typedef {import("../types.js").Recipe} Recipe
 * @typedef {import("../types.js").Layer} Layer
 * @typedef {{[Type in Layer["type"]]: (layer: Extract<Layer, {type: Type}>) => string}} LayerWords
 */

/** @type {LayerWords} */
const LAYERS = {
  conv2d: (layer) =>
    [
      `${layer.filters} filters of ${layer.kernel_size}×${layer.kernel_size}`,
      ...strideOf(layer),
      ...decayOf(layer),
    ].join(", "),
  max_pool2d: ({ pool_size: size }) => `largest of ${size}×${size}`,
  average_pool2d: ({ pool_size: size }) => `mean of ${size}×${size}`,
  global_average_pool2d: () => "mean over the picture",
  depthwise_conv2d: (layer) =>
    [
      `${layer.depth_multiplier} of ${layer.kernel_size}×${layer.kernel_size} for each channel by itself`,
      ...strideOf(layer),
      ...decayOf(layer),
    ].join(", "),
  batch_normalization: () => "each filter’s answers brought to one scale over the batch",
  flatten: () => "all in a row",
  dropout: ({ rate }) => `${rate * 100} % left out at random`,
  dense: ({ units }) => `${units} ${units === 1 ? "unit" : "units"}, fully connected`,
};

/** @param {{strides: number}} layer */
const strideOf = ({ strides }) => (strides > 1 ? [`every ${strides} pixels`] : []);
/** @param {{weight_decay: number}} layer */
const decayOf = ({ weight_decay: decay }) => (decay ? [`weight decay ${decay}`] : []);

/** @param {Recipe} recipe */
export function networkOf(recipe) {
  const words = /** @type {Record<string, (layer: Layer) => string>} */ (LAYERS);
  return recipe.layers.map((layer) => words[layer.type]?.(layer) ?? layer.type).join(" → ");
}

/** The layers of a network that no recipe of ours made. @param {import("../types.js").Run} run */
export const layersOf = ({ described }) =>
  described.layers
    .map(({ title, kind, shape }) => `${title} (${kind}${shape ? ` ${shape.join("×")}` : ""})`)
    .join(" → ");

/** @param {Recipe} recipe @param {number} total */
export function trainingOf(recipe, total) {
  const { type, learning_rate: rate, schedule } = recipe.optimizer;
  const momentum = "momentum" in recipe.optimizer ? recipe.optimizer.momentum : 0;
  const goal =
    recipe.objective?.type === "sparse-code"
      ? `to rebuild pictures from few filters (sparsity ${recipe.objective.sparsity})`
      : "to name each picture’s class";
  const spoilt = [
    ...(recipe.pixels === "shuffled" ? ["the pixels shuffled"] : []),
    ...(recipe.labels === "random" ? ["the labels drawn at random"] : []),
  ];
  const rates = [
    `${type} with learning rate ${rate}`,
    ...(momentum ? [`momentum ${momentum}`] : []),
    ...(schedule && schedule !== "constant" ? [`falling (${schedule})`] : []),
  ];
  return [
    `${grouped(total)} steps of ${recipe.batch_size} pictures, ${goal}`,
    rates.join(", "),
    `scaling ${recipe.scaling}, seed ${recipe.seed}, data seed ${recipe.data_seed}`,
    ...(recipe.without ? [`${heldWords({ recipe })} held at 0`] : []),
    ...(spoilt.length ? [`spoilt on purpose: ${spoilt.join(", ")}`] : []),
  ].join("; ");
}
