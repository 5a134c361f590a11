// @ts-check
// The layers of a recipe.

/** Those with filters, in order. @param {import("../types.js").Recipe} recipe */
export const convolutionsOf = (recipe) => recipe.layers.filter((layer) => layer.type === "conv2d");

/**
 * The one of them that a name means: conv2 is the second.
 * @param {import("../types.js").Recipe} recipe
 * @param {string} name
 */
export const convolutionNamed = (recipe, name) =>
  convolutionsOf(recipe)[Number(name.match(/\d+$/)?.[0] ?? 1) - 1];
