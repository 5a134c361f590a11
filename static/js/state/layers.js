// @ts-check
// The layers of a recipe.

/** Those with filters, in order. @param {import("../types.js").Recipe} recipe */
export const convolutionsOf = (recipe) => recipe.layers.filter((layer) => layer.type === "conv2d");
