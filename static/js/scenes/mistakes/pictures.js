// @ts-check
// Pictures that were taken for something else, the surest mistakes first.

import { decodeArray, decodeShape } from "../../net/typed_array.js";
import { paintPicture } from "../../pictures/paint.js";
import { byId, make, write } from "../../views/elements.js";
import { grouped } from "../../words/numbers.js";
import { calledWords, sureWords, takenWords } from "./words.js";

/**
 * @typedef {import("../../net/answers.js").MistakesAnswer} Mistakes
 * @typedef {import("../../types.js").Run} Run
 */

const ONE_ROW = 6;

/** @type {unknown[]} */
let drawn = [];

/**
 * @param {Mistakes} mistakes
 * @param {import("./cell.js").Cell | null} cell
 * @param {Run} run
 * @param {boolean} isWhole  more than one row
 */
export function drawList(mistakes, cell, run, isWhole) {
  const { class_names: names, label, confusion, wrong } = mistakes;
  const isNamed = cell && cell.label < names.length && cell.taken < names.length;
  const count = isNamed ? (confusion[cell.label]?.[cell.taken] ?? 0) : wrong;
  write(byId("mistakes-cell"), isNamed ? calledWords(names, cell.label, cell.taken) : "The surest mistakes");
  write(byId("mistakes-count"), grouped(count));
  byId("mistakes-all").hidden = !cell;
  const more = byId("mistakes-more");
  more.hidden = label.length <= ONE_ROW;
  write(more, moreWords(isWhole, label.length, count));
  if (drawn[0] === mistakes && drawn[1] === isWhole) return;
  drawn = [mistakes, isWhole];
  byId("mistakes-list").replaceChildren(...entries(mistakes, run, isWhole ? Infinity : ONE_ROW, !isNamed));
}

/** @param {boolean} isWhole @param {number} there @param {number} count */
function moreWords(isWhole, there, count) {
  if (isWhole) return "Fewer";
  return there < count ? `The surest ${there}` : `All ${there}`;
}

/** @param {Mistakes} mistakes @param {Run} run @param {number} most @param {boolean} saysClasses */
function entries(mistakes, run, most, saysClasses) {
  const { images, label, class_names } = mistakes;
  const shape = decodeShape(images).slice(1);
  const pixels = decodeArray(images);
  const size = shape.reduce((product, length) => product * length, 1);
  return label.slice(0, most).map((number, at) => {
    const canvas = make("canvas", { "aria-hidden": "true" });
    const one = pixels.subarray(at * size, (at + 1) * size);
    paintPicture(canvas, one, /** @type {[number, number, number]} */ (shape));
    const words = make("span", { class: "quiet" }, (saysClasses ? takenWords : sureWords)(mistakes, at, run));
    return make("li", {}, canvas, ...(saysClasses ? [make("b", {}, class_names[number])] : []), words);
  });
}
