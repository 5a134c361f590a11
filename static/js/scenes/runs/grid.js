// @ts-check
// The rows that can be seen, of however many there are: few elements, each moved to where it is needed.

import { Row } from "./row.js";

/**
 * @typedef {import("../../types.js").Run} Run
 * @typedef {object} Source  What there is to show.
 * @property {() => number} count
 * @property {(index: number) => Run | undefined} at
 * @property {(run: Run) => boolean} isTicked
 * @property {(run: Run) => import("./strips.js").Painted | null | undefined} strip
 * @property {(run: Run) => string} sweepName  empty where it is one of none
 * @property {(first: number, last: number) => void} need  which rows can be seen
 */

const BEYOND = 4; // rows above and below, so that none comes late

export class Grid {
  active = 0;
  /** @type {Map<number, Row>} */
  #shown = new Map();
  /** @type {Row[]} */
  #spare = [];
  #height = 50;
  #filters = 8;
  #isAsked = false;

  /** @param {HTMLElement} root @param {HTMLElement} rows @param {Source} source */
  constructor(root, rows, source) {
    this.root = root;
    this.rows = rows;
    this.source = source;
    root.addEventListener("scroll", () => this.ask(), { passive: true });
    new ResizeObserver(() => this.#measure()).observe(root);
    this.#measure();
  }

  /** Draws with the next frame. */
  ask() {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => {
      this.#isAsked = false;
      this.draw();
    });
  }

  /** The run whose row the keys are about. */
  get run() {
    return this.source.at(this.active);
  }

  /** @param {string} id @returns {Row | undefined} */
  rowOf(id) {
    return [...this.#shown.values()].find(({ run }) => run?.id === id);
  }

  /** @param {EventTarget | null} target @returns {number | null} */
  indexAt(target) {
    const row = target instanceof Element ? target.closest(".runs-row") : null;
    const found = [...this.#shown].find(([, { element }]) => element === row);
    return found ? found[0] : null;
  }

  /** Moves the keys to a row, and it into sight. @param {number} index */
  move(index) {
    this.active = Math.max(0, Math.min(index, this.source.count() - 1));
    const head = this.rows.offsetTop;
    const top = this.active * this.#height;
    const room = this.root.clientHeight - head;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (top + this.#height > this.root.scrollTop + room) this.root.scrollTop = top + this.#height - room;
    this.draw();
  }

  /** How many rows a page of keys moves by. */
  get page() {
    return Math.max(1, Math.floor((this.root.clientHeight - this.rows.offsetTop) / this.#height) - 1);
  }

  draw() {
    const count = this.source.count();
    if (!this.root.clientHeight) return;
    this.rows.style.height = `${count * this.#height}px`;
    this.root.setAttribute("aria-rowcount", String(count + 1));
    const above = Math.floor(this.root.scrollTop / this.#height);
    const seen = Math.ceil(this.root.clientHeight / this.#height);
    const first = Math.max(0, above - BEYOND);
    const last = Math.min(count, above + seen + BEYOND) - 1;
    this.#free(first, last);
    const now = Date.now();
    for (let index = first; index <= last; index++) this.#place(index, now);
    for (const row of this.#spare.splice(0)) row.element.remove(); // of a window that was larger
    if (this.#shown.has(this.active))
      this.root.setAttribute("aria-activedescendant", `runs-row-${this.active}`);
    else this.root.removeAttribute("aria-activedescendant");
    if (last >= first) this.source.need(first, last);
  }

  /** @param {number} index @param {number} now */
  #place(index, now) {
    let row = this.#shown.get(index);
    if (!row) {
      row = this.#spare.pop() ?? new Row();
      this.#shown.set(index, row);
      if (!row.element.isConnected) this.rows.append(row.element);
    }
    const run = this.source.at(index);
    const strip = run && this.source.strip(run);
    const isTicked = Boolean(run && this.source.isTicked(run));
    const isActive = index === this.active;
    const sweep = run ? this.source.sweepName(run) : "";
    row.show({ index, run, isTicked, isActive, strip, sweep, filters: this.#filters, now }, this.#height);
  }

  /** @param {number} first @param {number} last */
  #free(first, last) {
    for (const [index, row] of this.#shown) {
      if (index >= first && index <= last) continue;
      this.#shown.delete(index);
      this.#spare.push(row);
    }
  }

  /** The style sheet says how high a row is, and how many filters it has room for. */
  #measure() {
    const style = getComputedStyle(this.root);
    this.#height = Number.parseFloat(style.getPropertyValue("--row")) || 50;
    this.#filters = Number.parseFloat(style.getPropertyValue("--filters")) || 8;
    this.ask();
  }
}
