// @ts-check
// Pictures that were taken for something else, the surest mistakes first.

import { decodeArray, decodeShape } from "../../net/typed_array.js";
import { paintPicture } from "../../pictures/paint.js";
import { byId, make, write } from "../../views/elements.js";
import { calledWords, takenWords } from "./words.js";

/**
 * @typedef {import("../../net/answers.js").MistakesAnswer} Mistakes
 * @typedef {import("../../types.js").Run} Run
 */

/** @type {Mistakes | null} */
let drawn = null;

/** @param {Mistakes} mistakes @param {import("./cell.js").Cell | null} cell @param {Run} run */
export function drawList(mistakes, cell, run) {
  const names = mistakes.class_names;
  const isNamed = cell && cell.label < names.length && cell.taken < names.length;
  write(byId("mistakes-cell"), isNamed ? calledWords(names, cell.label, cell.taken) : "The surest mistakes");
  byId("mistakes-all").hidden = !cell;
  if (mistakes === drawn && byId("mistakes-list").children.length) return;
  drawn = mistakes;
  byId("mistakes-list").replaceChildren(...entries(mistakes, run));
}

/** @param {Mistakes} mistakes @param {Run} run */
function entries(mistakes, run) {
  const { images, label, class_names } = mistakes;
  const shape = decodeShape(images).slice(1);
  const pixels = decodeArray(images);
  const size = shape.reduce((product, length) => product * length, 1);
  return label.map((number, at) => {
    const canvas = make("canvas", { "aria-hidden": "true" });
    const one = pixels.subarray(at * size, (at + 1) * size);
    paintPicture(canvas, one, /** @type {[number, number, number]} */ (shape));
    const words = make("span", { class: "quiet" }, takenWords(mistakes, at, run));
    return make("li", {}, canvas, make("b", {}, class_names[number]), words);
  });
}
