// @ts-check
// Kernels as they were just drawn, and beside them what the missing square root would make of them.

import { byId, write } from "../../views/elements.js";
import { Montage } from "../../views/montage.js";

const SHOWN = 16;
const COLUMNS = 8;

/** @returns {(answer: import("./book.js").Answer) => void} */
export function createDraws() {
  const wrongFigure = byId("weights-wrong-draw");
  const [right, wrong] = [...byId("weights-lab").querySelectorAll(".montage")].map(montageIn);
  /** @type {import("./book.js").Answer | null} */
  let shown = null;
  return (answer) => {
    if (answer === shown) return;
    shown = answer;
    const kernel = firstOf(answer);
    const limitOf = () => answer.bound;
    wrongFigure.hidden = answer.wrongBound === null;
    right.draw({ frame: frameOf(kernel), limitOf });
    write(byId("weights-draw-words"), wordsOf(answer, kernel.shape[3]));
    if (answer.wrongBound === null) return;
    const weights = kernel.weights.map(
      (weight) => (weight * /** @type {number} */ (answer.wrongBound)) / answer.bound,
    );
    wrong.draw({ frame: frameOf({ ...kernel, weights }), limitOf });
  };
}

/** @param {Element} root */
function montageIn(root) {
  const height = () => Infinity;
  return new Montage(/** @type {HTMLElement} */ (root), {
    gap: 6,
    caption: () => 0,
    interactive: false,
    height,
    columns: () => COLUMNS,
  });
}

/** @param {import("../../types.js").Kernel} kernel @returns {import("../../types.js").Frame} */
const frameOf = (kernel) => ({
  step: 0,
  layer: "",
  kernel,
  sizes: new Uint32Array(0),
  verdicts: null,
  bias: null,
});

/**
 * The first few filters: in colour where there are three channels, else their first channel.
 * @param {import("./book.js").Answer} answer
 */
function firstOf({ weights, shape: [height, width, channels, filters] }) {
  const count = Math.min(SHOWN, filters);
  const kept = channels === 3 ? 3 : 1;
  const shape = /** @type {[number, number, number, number]} */ ([height, width, kept, count]);
  const first = new Float32Array(height * width * kept * count);
  for (let at = 0; at < first.length; at++) {
    const [filter, channel, place] = [
      at % count,
      Math.floor(at / count) % kept,
      Math.floor(at / count / kept),
    ];
    first[at] = weights[(place * channels + channel) * filters + filter];
  }
  return { shape, weights: first };
}

/** @param {import("./book.js").Answer} answer @param {number} count */
function wordsOf({ shape, seed }, count) {
  const [, , channels, filters] = shape;
  const which =
    count < filters
      ? `The first ${count} of ${filters} filters`
      : count === 1
        ? "The one filter"
        : `All ${count} filters`;
  const part = channels === 1 || channels === 3 ? "" : `, the first of their ${channels} channels`;
  return `${which}${part}, drawn with seed ${seed}`;
}
