// @ts-check
// A chart in its box on the page: drawn, read under the pointer, crossed by the playhead, and pressed.

import { make } from "../views/elements.js";
import { stepNamed } from "../words/steps.js";
import { Axes } from "./axes.js";
import { along, stepAt } from "./axis.js";
import { drawingOf, frameIn } from "./drawing.js";
import { createCard, readingAt } from "./reading.js";
import { painted, shape } from "./svg.js";

/** @typedef {import("./drawing.js").Chart} Chart */

/** What each box shows. @type {WeakMap<Element, Chart>} */
const shown = new WeakMap();

/** The chart that is drawn in a part of the page. @param {HTMLElement} element @returns {Chart | null} */
export const chartIn = (element) => shown.get(element.querySelector(".chart") ?? element) ?? null;

/** Of the page's letters, in pixels, in windows of usual size. */
const USUAL_TYPE = 14;

/** How much larger than usual the page's letters are. */
const unitOfType = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_TYPE;

export class Plot {
  /** Known before each frame: to ask for it in one would have the page laid out twice. */
  #frame = frameIn({ width: 0, height: 0 });
  #svg = shape("svg", { class: "drawing", "aria-hidden": "true" });
  #head = make("div", { class: "playhead", hidden: true });
  #bead = make("div", { class: "bead", hidden: true });
  #called = (/** @type {number} */ step) => stepNamed(null, step);
  #box;

  /**
   * @param {HTMLElement} box  with a .plot in it
   * @param {() => void} resized
   * @param {(step: number) => void} pressed  at that place of the time axis
   */
  constructor(box, resized, pressed) {
    this.#box = box;
    box.querySelector(".plot")?.append(this.#svg);
    box.append(this.#head, this.#bead);
    this.#listen(createCard(box), pressed);
    new ResizeObserver(() => {
      this.#frame = frameIn({ width: box.clientWidth, height: box.clientHeight }, unitOfType());
      resized();
    }).observe(box);
  }

  get size() {
    return this.#frame;
  }

  /** Whether there is a place between the margins. */
  get hasRoom() {
    const { left, right, ceiling, floor } = this.#frame;
    return right > left && floor > ceiling;
  }

  /**
   * @param {Chart} chart
   * @param {string} words  the same for those who don't see it
   * @param {(step: number) => string} called  by what its run counts
   */
  show(chart, words, called) {
    this.#called = called;
    const drawing = drawingOf(chart, this.#frame);
    this.#svg.setAttribute("viewBox", `0 0 ${drawing.width} ${drawing.height}`);
    this.#svg.replaceChildren(...painted(drawing));
    this.#box.setAttribute("aria-label", words);
    shown.set(this.#box, chart);
  }

  /**
   * Moves the playhead, and the bead to where a curve is then.
   * @param {number | null} step  nowhere, where nothing is known yet
   * @param {number} total
   * @param {number | null} share  of the height
   */
  point(step, total, share) {
    const isThere = step !== null && this.#frame.width > 0;
    this.#head.hidden = !isThere;
    this.#bead.hidden = !isThere || share === null;
    if (!isThere) return;
    const axes = new Axes(this.#frame, total, 1);
    const left = axes.x(step);
    this.#head.style.translate = `${left}px`;
    if (share !== null) this.#bead.style.translate = `${left}px ${axes.y(share)}px`;
  }

  /** @param {ReturnType<typeof createCard>} card @param {(step: number) => void} pressed */
  #listen(card, pressed) {
    const box = this.#box;
    const at = (/** @type {MouseEvent} */ { clientX }) => clientX - box.getBoundingClientRect().left;
    box.addEventListener("pointermove", (event) => {
      const chart = shown.get(box);
      if (!chart) return;
      const axes = this.#axesOf(chart);
      const reading = readingAt(chart, axes, at(event));
      if (reading) card.show(axes.x(reading.step), this.#called(reading.step), reading.rows);
      else card.hide();
    });
    box.addEventListener("pointerleave", card.hide);
    box.addEventListener("click", (event) => {
      const chart = shown.get(box);
      if (!chart) return;
      const { left, right } = this.#axesOf(chart);
      const share = Math.max(0, Math.min(1, (at(event) - left) / (right - left)));
      pressed(Math.round(stepAt(share * along(chart.total))));
    });
  }

  /** @param {Chart} chart */
  #axesOf = ({ total, top }) => new Axes(this.#frame, total, top);
}
