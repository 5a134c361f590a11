// @ts-check
// The map of the chosen filter: an answer a place, the one looked at ringed.

import { featureMap } from "../../pictures/convolution.js";
import { markMaps, paintMaps } from "../../pictures/paint.js";
import { Changes } from "../../views/changes.js";
import { byId, write } from "../../views/elements.js";
import { sizeInWords } from "./geometry.js";
import { listenToPlaces } from "./places.js";
import { resize } from "./sight.js";

/** @typedef {import("./specimen.js").Specimen} Specimen */

/** @type {Record<string, string>} */
export const AFTER = { relu: "after ReLU", tanh: "after tanh", sigmoid: "after the sigmoid" };
const NEVER_NEGATIVE = ["relu", "sigmoid"];

export class Answers {
  /** @type {[number, number]} */
  #size = [1, 1];
  #changes = new Changes();

  /** @param {import("./places.js").Looking} looking */
  constructor(looking) {
    this.root = /** @type {HTMLElement} */ (byId("code-map"));
    this.canvas = /** @type {HTMLCanvasElement} */ (this.root.querySelector("canvas"));
    this.cell = /** @type {HTMLElement} */ (this.root.querySelector(".code-cell"));
    listenToPlaces(this.root, (event) => this.#placeUnder(event), looking);
  }

  /** @param {PointerEvent} event @returns {import("./places.js").Place} */
  #placeUnder(event) {
    const box = this.canvas.getBoundingClientRect();
    const along = (/** @type {number} */ share, /** @type {0 | 1} */ axis) =>
      Math.max(0, Math.min(this.#size[axis] - 1, Math.floor(share * this.#size[axis])));
    return [
      along((event.clientY - box.top) / box.height, 0),
      along((event.clientX - box.left) / box.width, 1),
    ];
  }

  /** @param {Specimen} specimen @param {[number, number]} place @param {string[]} lit  parts */
  draw(specimen, [row, column], lit) {
    const { task, size, filter, frame } = specimen;
    this.#size = size;
    const [rows, columns] = size;
    const multiple = Math.max(1, Math.floor(specimen.room / Math.max(rows, columns)));
    if (this.#changes.found(frame, filter, task.input.values, task.laying.padding, task.laying.strides))
      this.#paint(task, size);
    const lengths = { width: columns * multiple, height: rows * multiple };
    resize(this.root, lengths);
    resize(this.canvas, lengths);
    const ring = { left: column * multiple, top: row * multiple, width: multiple, height: multiple };
    resize(this.cell, ring);
    this.root.className = ["code-map", ...lit.map((part) => `lit-${part}`)].join(" ");
    const after = AFTER[task.activation];
    write(byId("code-map-title"), `Map of filter ${filter + 1}`);
    write(byId("code-map-size"), `${rows} × ${columns}${after ? `, ${after}` : ""}`);
    write(byId("code-map-words"), mapWords(specimen, lit));
  }

  /** @param {Specimen["task"]} task @param {[number, number]} size */
  #paint(task, [rows, columns]) {
    const answers = featureMap(task);
    const limit = answers.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    Object.assign(this.canvas, { width: columns, height: rows });
    const signed = !NEVER_NEGATIVE.includes(task.activation);
    const image = paintMaps(answers, [rows, columns, 1], limit, signed);
    this.canvas.getContext("2d")?.putImageData(image, 0, 0);
    markMaps(this.canvas, signed);
  }
}

/** @param {Specimen} specimen @param {string[]} lit */
function mapWords({ task, filters }, lit) {
  const along = sizeInWords(task, 0);
  const { padding, strides } = task.laying;
  const [rows, columns] = task.input.shape;
  const one = `One of ${filters} map${filters === 1 ? "" : "s"}.`;
  if (padding === "same")
    return `${one} ${along[0].toUpperCase()}${along.slice(1)}: same puts zeros around it.`;
  if (strides > 1) return `${one} ${along}: the window moves ${strides} pixels at a time.`;
  if (lit.includes("border"))
    return `${along}. With “same” a rim of zeros is added, and it would be ${rows} × ${columns}.`;
  return `${one} ${along}: valid takes no window over the rim.`;
}
