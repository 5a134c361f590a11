// @ts-check
/**
 * How a layer's kernel began, in words.
 *
 * @typedef {import("../net/answers.js").Conv2D["kernel_initializer"]} KernelStart
 */

/** @type {Record<string, string>} */
const BANKS = {
  gabor: "a bank of Gabors",
  sobel: "Sobel’s filters",
  prewitt: "Prewitt’s filters",
  laplacian: "Laplacians",
  dct: "cosines",
};

/**
 * The rule's name where the numbers were drawn, words where somebody chose them.
 * @param {KernelStart} start
 */
export function startName(start) {
  if (typeof start === "string") return start;
  if (start.type === "bank") return BANKS[start.name];
  return start.type === "run" || start.source ? "another run’s filters" : "numbers of your own";
}

/** Whether chance drew the kernel by a rule. @param {KernelStart} start @returns {start is string} */
export const isDrawn = (start) => typeof start === "string";
