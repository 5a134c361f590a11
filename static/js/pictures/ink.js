// @ts-check
// What one does to a drawing: strokes, undo, clear, begin with a picture. It is kept in the view's details.

import { changeDetails } from "../control/details.js";
import { decodeDrawing, encodeDrawing, withStroke } from "./drawing.js";
import { inksFor } from "./inks.js";

/** @typedef {import("./drawing.js").Point} Point */
/** @typedef {import("./drawing.js").Shape} Shape */

const KEPT = ["drawing", "picture"];
const MOST_UNDONE = 60;

/** @param {import("../store.js").Store} store */
export function createInk(store) {
  /** @type {Record<string, string>[]} */
  const past = [];
  let chosen = { ink: 0, pen: 0 };

  function remember() {
    const { details } = store.state.view;
    past.push(Object.fromEntries(KEPT.map((name) => [name, details[name] ?? ""])));
    past.splice(0, past.length - MOST_UNDONE);
  }

  return {
    get chosen() {
      return chosen;
    },
    /** @param {Partial<typeof chosen>} change */
    choose(change) {
      chosen = { ...chosen, ...change };
    },
    begin: remember,
    /** @param {Shape} shape @param {Point} from @param {Point} to */
    stroke(shape, from, to) {
      const { soft, ink, pens } = inksFor(shape);
      const { radius } = pens[chosen.pen] ?? pens[0];
      const cells = decodeDrawing(store.state.view.details.drawing, shape);
      const drawing = encodeDrawing(
        withStroke(cells, shape, from, to, { radius, soft, ink: chosen.ink || ink }),
      );
      changeDetails(store, { drawing });
    },
    /** Begins anew, from a picture's number or from nothing. @param {string} picture */
    startFrom(picture) {
      remember();
      changeDetails(store, { drawing: "", picture });
    },
    undo() {
      const before = past.pop();
      if (before) changeDetails(store, before);
    },
    canUndo: () => past.length > 0,
  };
}
