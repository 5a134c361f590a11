// @ts-check
// What one does to a drawing: strokes, undo, clear, begin with a picture. It is kept in the view's details.

import { changeDetails } from "../control/details.js";
import { decodeDrawing, encodeDrawing, withStroke } from "./drawing.js";
import { inksFor } from "./inks.js";

/** @typedef {import("./drawing.js").Point} Point */
/** @typedef {import("./drawing.js").Shape} Shape */

const KEPT = ["drawing", "picture"];
const MOST_UNDONE = 60;
/** Of larger pictures strokes are broader, in pixels. */
const USUAL_SIDE = 48;

export class Ink {
  chosen = { ink: 0, pen: 0 };
  /** @type {Record<string, string>[]} */
  #past = [];

  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
  }

  /** @param {Partial<Ink["chosen"]>} change */
  choose(change) {
    this.chosen = { ...this.chosen, ...change };
  }

  /** Keeps what is there, so that it can be had again. */
  remember() {
    const { details } = this.store.state.view;
    this.#past.push(Object.fromEntries(KEPT.map((name) => [name, details[name] ?? ""])));
    this.#past.splice(0, this.#past.length - MOST_UNDONE);
  }

  /** @param {Shape} shape @param {Point} from @param {Point} to */
  stroke(shape, from, to) {
    const { soft, ink, pens } = inksFor(shape);
    const { radius } = pens[this.chosen.pen] ?? pens[0];
    const pen = { radius: radius * Math.max(1, shape[0] / USUAL_SIDE), soft, ink: this.chosen.ink || ink };
    const cells = decodeDrawing(this.store.state.view.details.drawing, shape);
    changeDetails(this.store, { drawing: encodeDrawing(withStroke(cells, shape, from, to, pen)) });
  }

  /** Begins anew, from a picture's number or from nothing. @param {string} picture */
  startFrom(picture) {
    this.remember();
    changeDetails(this.store, { drawing: "", picture });
  }

  undo() {
    const before = this.#past.pop();
    if (before) changeDetails(this.store, before);
  }

  canUndo() {
    return this.#past.length > 0;
  }
}
