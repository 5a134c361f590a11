// @ts-check
// Which words of the three lines are twins, and what in the figures each of them lights.

/**
 * @typedef {import("../../net/answers.js").CodeWord} CodeWord
 * @typedef {{letters: string[], parts: string[]}} Lights  letters of the formula; classes of the figures
 */

/** Said in two words by one library and in one by another. @type {Record<string, string[]>} */
const TWINS = {
  rows: ["kernel_size"],
  columns: ["kernel_size"],
  kernel_size: ["rows", "columns"],
  input_shape: ["in_channels"],
  in_channels: ["input_shape"],
};

/** @type {Record<string, Lights>} */
const LIGHTS = {
  kind: { letters: ["Σ"], parts: ["window"] },
  filters: { letters: ["k"], parts: ["filters"] },
  rows: { letters: ["u"], parts: ["rows"] },
  columns: { letters: ["v"], parts: ["columns"] },
  kernel_size: { letters: ["u", "v"], parts: ["rows", "columns"] },
  padding: { letters: ["i", "j", "p"], parts: ["border"] },
  strides: { letters: ["s"], parts: ["steps"] },
  activation: { letters: ["y"], parts: ["activation"] },
  input_shape: { letters: ["c", "x"], parts: ["picture"] },
  in_channels: { letters: ["c", "x"], parts: ["picture"] },
  kernel_initializer: { letters: ["w"], parts: ["filters"] },
  weight_decay: { letters: ["w"], parts: ["filters"] },
  trainable: { letters: ["w"], parts: ["filters"] },
};

/** Whether two words say the same thing. @param {string} one @param {string} other */
export const areTwins = (one, other) => one === other || (TWINS[one] ?? []).includes(other);

/** @param {string | null} means @returns {Lights} */
export const lightsOf = (means) => (means !== null && LIGHTS[means]) || { letters: [], parts: [] };

/**
 * Text in pieces: words that make something, and what lies between them. Words within another are its own.
 * @param {string} code
 * @param {CodeWord[]} words  in any order
 * @returns {{text: string, word: CodeWord | null, end: string}[]}  `end` is the mark that closes a word
 */
export function piecesOf(code, words) {
  const pieces = [];
  let place = 0;
  for (const word of words.toSorted((one, other) => one.start - other.start)) {
    if (word.start < place) continue;
    if (word.start > place) pieces.push({ text: code.slice(place, word.start), word: null, end: "" });
    const end = /^[,)\];]*/.exec(code.slice(word.end))?.[0] ?? "";
    pieces.push({ text: code.slice(word.start, word.end), word, end });
    place = word.end + end.length;
  }
  if (place < code.length) pieces.push({ text: code.slice(place), word: null, end: "" });
  return pieces;
}
