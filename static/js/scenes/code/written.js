// @ts-check
// A recipe as code of each library, asked once for each.

import { api } from "../../net/api.js";

/**
 * @typedef {import("../../net/answers.js").CodeWritten} CodeWritten
 * @typedef {import("../../net/answers.js").CodeLine} CodeLine
 * @typedef {import("./subject.js").Subject} Subject
 */

export class Written {
  /** @type {Map<string, CodeWritten | null>} */
  #known = new Map();
  problem = "";

  /** @param {() => void} hear  called when more is known */
  constructor(hear) {
    this.hear = hear;
  }

  /** Null until it is here. @param {Subject} subject @returns {CodeWritten | null} */
  of({ key, question }) {
    const found = this.#known.get(key);
    if (found !== undefined) return found;
    this.#known.set(key, null);
    api.code(question).then(
      (written) => this.#hear(key, written, ""),
      (/** @type {Error} */ { message }) => this.#hear(key, null, message),
    );
    return null;
  }

  /** @param {string} key @param {CodeWritten | null} written @param {string} problem */
  #hear(key, written, problem) {
    this.problem = problem;
    this.#known.set(key, written);
    this.hear();
  }
}

const TITLES = { keras1: "Keras 1", keras: "Keras 3", torch: "PyTorch" };
const YEARS = { keras1: "Keras 1, 2016", keras: "Keras 3", torch: "PyTorch" };

/**
 * @typedef {{title: string, aside: string, code: string, words: CodeLine["words"], why: string | null,
 *   dialect: CodeLine["dialect"]}} ShownLine
 */

/**
 * The three lines, first the one that somebody knows already: pasted, or copied a thousand times.
 * @param {Subject} subject
 * @param {CodeLine[]} lines
 * @returns {ShownLine[]}
 */
export function linesShown({ pasted, preset }, lines) {
  const shown = lines.map((line) => ({ ...line, title: TITLES[line.dialect], aside: "" }));
  if (pasted) {
    const { code, dialect, words } = pasted.read;
    const own = { title: "As you wrote it", aside: TITLES[dialect], code, words, why: null, dialect };
    return [own, ...shown.filter((line) => line.dialect !== dialect)];
  }
  const title = preset === "keras-mnist" ? "As it was copied a thousand times" : "In the words of its time";
  return shown.map((line, at) => (at ? line : { ...line, title, aside: YEARS[line.dialect] }));
}
