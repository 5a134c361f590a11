// @ts-check
// The first convolution of a recipe: what it is, and a recipe with another one.

import { convolutionsOf } from "../../state/layers.js";

/** @typedef {import("../../types.js").Recipe} Recipe */

/** @type {Record<string, string>} */
const FAMILY = { glorot: "he", he: "glorot", lecun: "he", zeros: "glorot" };

/** @param {Recipe} recipe */
export const firstConv = (recipe) => convolutionsOf(recipe)[0];

/** @param {Recipe} recipe @param {object} change */
export const withConv = (recipe, change) => ({
  layers: recipe.layers.map((layer) => (layer === firstConv(recipe) ? { ...layer, ...change } : layer)),
});

/** @param {Recipe} recipe */
export const isCode = (recipe) => recipe.objective?.type === "sparse-code";

/** @param {Recipe} recipe */
export const sizeOf = (recipe) => `${firstConv(recipe).kernel_size} × ${firstConv(recipe).kernel_size}`;

/** Another family with the same shape of lot draws the same dice. @param {string} name */
export function otherFamily(name) {
  const [family, shape = "uniform"] = name.split("_");
  return `${FAMILY[family]}_${shape}`;
}
