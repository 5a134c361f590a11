// @ts-check
// Places along a chart's axes, and the marks of the axes themselves. `app/export/charts/axes.py` has
// the same rules; a test holds the two together.

import { along, roundSteps, shareAlong } from "./axis.js";

/**
 * @typedef {import("./drawing.js").Point} Point
 * @typedef {import("./drawing.js").Line} Line
 * @typedef {import("./drawing.js").Words} Words
 * @typedef {import("./ticks.js").Tick} Tick
 */

const LETTERS = 12;
const LINE_HEIGHT = 13; // of its letters, in pixels

export class Axes {
  /**
   * @param {import("./drawing.js").Frame} frame
   * @param {number} total  steps
   * @param {number} top  where the scale of values ends
   */
  constructor(frame, total, top) {
    this.left = frame.left;
    this.right = frame.right;
    this.ceiling = frame.ceiling;
    this.floor = frame.floor;
    this.unit = frame.unit ?? 1;
    this.total = Math.max(1, total);
    this.top = top;
  }

  /** Where a step lies. @param {number} step */
  x(step) {
    return this.left + shareAlong(step, this.total) * (this.right - this.left);
  }

  /** Where a place on the time axis lies. @param {number} x  as `along` gives it */
  xAt(x) {
    return this.left + (x / along(this.total)) * (this.right - this.left);
  }

  /** Where a value lies. @param {number} value */
  y(value) {
    return this.floor - (value / this.top) * (this.floor - this.ceiling);
  }

  /** @param {number[]} steps @param {number[]} values @returns {Point[]} */
  through(steps, values) {
    return steps.map((step, index) => [this.x(step), this.y(values[index])]);
  }

  /**
   * Text whose baseline begins, ends or has its middle at a place.
   * @param {number} x @param {number} y @param {string} text @param {Partial<Words>} [look] @returns {Words}
   */
  write(x, y, text, look = {}) {
    return { place: [x, y], text, size: LETTERS * this.unit, paint: "ink3", anchor: "start", ...look };
  }

  /** Lines behind the curves. @param {Tick[]} ticks @returns {Line[]} */
  rules(ticks) {
    return ticks.map(({ value }) => {
      const y = this.y(value);
      return this.line("rule", [this.left, y], [this.right, y], "line", 1);
    });
  }

  /** The axis of the values, on top of what it measures. */
  upright() {
    return this.line("upright", [this.left, this.floor], [this.left, this.ceiling], "ink", 1.5);
  }

  /** Values along the upright axis, steps along the other. @param {Tick[]} ticks */
  numbers(ticks) {
    const { left, right, floor, unit, total } = this;
    const values = this.#apart(ticks).map(({ value, text }) =>
      this.write(left - 8 * unit, this.y(value) + 4 * unit, text, { anchor: "end" }),
    );
    const room = ((9 + 7 * String(total).length) * unit) / (right - left);
    const steps = roundSteps(total, room).map((step) =>
      this.write(this.x(step), floor + 18 * unit, String(step), { anchor: "middle" }),
    );
    return [...values, ...steps];
  }

  /** Those that a low chart has room for. @param {Tick[]} ticks @returns {Tick[]} */
  #apart(ticks) {
    const far = ticks.length > 1 ? this.y(ticks[0].value) - this.y(ticks[1].value) : 0;
    const every = far > 0 ? Math.ceil((LINE_HEIGHT * this.unit) / far) : 1;
    return ticks.filter((_, at) => at % every === 0);
  }

  /**
   * @param {string} name @param {Point} from @param {Point} to @param {string} paint @param {number} width
   * @returns {Line}
   */
  line(name, from, to, paint, width) {
    return { kind: "line", name, points: [from, to], paint, width: width * this.unit };
  }
}
