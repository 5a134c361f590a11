// @ts-check
// One answer of a filter, taken apart, in words.

/** @typedef {import("../net/answers.js").PlaceAnswer} Place */

const COLOURS = ["red", "green", "blue"];
/** @type {Record<string, string>} */
const NAMES = { relu: "ReLU", tanh: "tanh", sigmoid: "the sigmoid" };

/** @param {Place} place */
export const headOf = ({ layer, filter, row, column }) =>
  `Filter ${filter + 1} of ${layer}, at row ${row}, column ${column}.`;

/** @param {Place} place @param {string | null} before  the layer it is laid over; null: the picture */
export function underOf({ kernel, step }, before) {
  const [rows, columns, channels] = [kernel.length, kernel[0].length, kernel[0][0].length];
  const over =
    before === null
      ? channels === 1
        ? "the picture"
        : "the picture’s three colours"
      : `all ${channels} maps of ${before}`;
  const strongest = channels > 1 ? ", the strongest first" : "";
  return `Its ${rows}×${columns} window lies on ${over}: multiply, add up${strongest}. Step ${step}.`;
}

/** @param {Place} place @param {boolean} isPicture @param {number} channel */
export function channelName({ kernel }, isPicture, channel) {
  if (!isPicture) return `map ${channel + 1}`;
  return kernel[0][0].length === 3 ? COLOURS[channel] : "picture";
}

/**
 * The sum of all, and what becomes of it.
 * @param {Place} place
 * @returns {{sign: string, name: string, value: number, isAnswer: boolean}[]}
 */
export function addendsOf({ kernel, sum, bias, output, activation }) {
  const name = NAMES[activation];
  const products = kernel.length * kernel[0].length * kernel[0][0].length;
  return [
    { sign: "", name: `sum of ${products.toLocaleString("en")} products`, value: sum, isAnswer: false },
    { sign: "+", name: "bias", value: bias, isAnswer: false },
    { sign: "=", name: name ? `before ${name}` : "answer", value: sum + bias, isAnswer: !name },
    ...(name ? [{ sign: "→", name: `after ${name}`, value: output, isAnswer: true }] : []),
  ];
}
