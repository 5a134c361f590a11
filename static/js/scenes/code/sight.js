// @ts-check
// The picture under the window: its rim, where the window lies, where it goes next.

import { placeAbout } from "../../pictures/laying.js";
import { paintPicture } from "../../pictures/paint.js";
import { byId, write } from "../../views/elements.js";
import { cellsOf, padsOf, rimOf } from "./geometry.js";
import { listenToPlaces } from "./places.js";

/**
 * @typedef {import("./specimen.js").Specimen} Specimen
 * @typedef {import("./geometry.js").Box} Box
 * @typedef {import("./geometry.js").Rim} Rim
 */

export class Sight {
  /** @type {Specimen | null} */
  #shown = null;
  /** Pixels of the screen for one of the picture. */
  #multiple = 10;

  /** @param {import("./places.js").Looking} looking */
  constructor(looking) {
    this.root = /** @type {HTMLElement} */ (byId("code-sight"));
    const find = (/** @type {string} */ selector) =>
      /** @type {HTMLElement} */ (this.root.querySelector(selector));
    this.canvas = /** @type {HTMLCanvasElement} */ (this.root.querySelector("canvas"));
    this.window = find(".code-window");
    this.rim = find(".code-rim");
    this.dashes = find(".code-dashes");
    this.next = /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll(".code-next")]);
    listenToPlaces(this.root, (event) => this.#placeUnder(event), looking);
  }

  /** @param {PointerEvent} event @returns {import("./places.js").Place | null} */
  #placeUnder(event) {
    if (!this.#shown) return null;
    const { task } = this.#shown;
    const box = this.canvas.getBoundingClientRect();
    const [y, x] = [(event.clientY - box.top) / this.#multiple, (event.clientX - box.left) / this.#multiple];
    return [placeAbout(task, y, 0), placeAbout(task, x, 1)];
  }

  /**
   * @param {Specimen} specimen
   * @param {{top: number, left: number}} corner  of the window
   * @param {string[]} lit  parts
   */
  draw(specimen, { top, left }, lit) {
    this.#shown = specimen;
    const { task, levels } = specimen;
    const rim = rimOf(task);
    const whole = rim.isOutside
      ? rim.outer
      : { top: 0, left: 0, height: task.input.shape[0], width: task.input.shape[1] };
    this.#multiple = Math.max(1, Math.floor(specimen.room / Math.max(whole.width, whole.height)));
    paintPicture(this.canvas, levels, task.input.shape);
    const put = (/** @type {HTMLElement} */ element, /** @type {Box} */ box) =>
      this.#put(element, box, whole);
    resize(this.root, { width: whole.width * this.#multiple, height: whole.height * this.#multiple });
    put(this.canvas, { top: 0, left: 0, height: task.input.shape[0], width: task.input.shape[1] });
    const [height, width] = task.kernel.shape;
    put(this.window, { top, left, height, width });
    this.window.style.setProperty("--cell", `${this.#multiple}px`);
    const { strides } = task.laying;
    put(this.next[0], { top, left: left + strides, height, width });
    put(this.next[1], { top: top + strides, left, height, width });
    this.#drawRim(rim, put);
    this.root.className = ["code-sight", ...lit.map((part) => `lit-${part}`)].join(" ");
    write(byId("code-picture-size"), sizeWords(task.input.shape));
    write(byId("code-picture-words"), rimWords(specimen, rim, lit));
  }

  /** @param {Rim} rim @param {(element: HTMLElement, box: Box) => void} put */
  #drawRim({ outer, inner, isOutside }, put) {
    put(this.rim, outer);
    put(this.dashes, isOutside ? outer : inner);
    const at = (/** @type {number} */ cells) => cells * this.#multiple;
    const [top, left] = [at(inner.top - outer.top), at(inner.left - outer.left)];
    const hole = `M${left} ${top}h${at(inner.width)}v${at(inner.height)}h${-at(inner.width)}z`;
    const all = `M0 0h${at(outer.width)}v${at(outer.height)}h${-at(outer.width)}z`;
    this.rim.style.clipPath = `path(evenodd, "${all}${hole}")`;
  }

  /** @param {HTMLElement} element @param {Box} box @param {Box} whole */
  #put(element, { top, left, height, width }, whole) {
    const at = (/** @type {number} */ cells) => cells * this.#multiple;
    resize(element, {
      ...{ top: at(top - whole.top), left: at(left - whole.left) },
      ...{ width: at(width), height: at(height) },
    });
  }
}

/** @param {HTMLElement} element @param {Record<string, number>} lengths  in CSS pixels */
export function resize(element, lengths) {
  for (const [name, length] of Object.entries(lengths)) element.style.setProperty(name, `${length}px`);
}

/** @param {[number, number, number]} shape */
const sizeWords = ([rows, columns, channels]) =>
  `${rows} × ${columns}, ${channels} channel${channels === 1 ? "" : "s"}`;

/** @param {Specimen} specimen @param {Rim} rim @param {string[]} lit */
function rimWords({ task, meaning }, rim, lit) {
  const [rows, columns] = task.kernel.shape;
  const cells = cellsOf(rim);
  if (!cells) return meaning;
  const { above, below } = padsOf(task);
  const wide = above === below ? `${above}` : `${above} and ${below}`;
  if (rim.isOutside)
    return `Dashed: a rim of zeros, ${wide} wide, so that windows of ${rows} × ${columns} may begin there.`;
  if (lit.includes("border")) return `Lost: the outermost ${cells} cells are never the middle of a window.`;
  return `Dashed: no window of ${rows} × ${columns} has its middle beyond it.`;
}
