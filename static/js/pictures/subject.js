// @ts-check
// The picture that a scene is about: one of the data set's, one that was brought, a drawing, or a drawing
// over either.

import { encodeBytes } from "../net/typed_array.js";
import { centred } from "./centre.js";
import { decodeDrawing } from "./drawing.js";
import { datasetOf } from "../state/known.js";
import { groundFor } from "./ground.js";
import { inksFor, pixelsOf } from "./inks.js";

/**
 * @typedef {import("./drawing.js").Shape} Shape
 * @typedef {import("./test_set.js").Picture} Picture
 * @typedef {object} Subject
 * @property {Shape} shape
 * @property {Uint8Array} cells  as drawn
 * @property {Uint8Array} drawn  pixels as drawn, with what lies under
 * @property {Uint8Array} pixels  the same as the network is given it
 * @property {Uint8Array} inked  the cells of `pixels`
 * @property {Picture | null} picture  under the drawing
 * @property {boolean} isBlank
 * @property {object} question  what to ask the server about it
 * @property {string} key  equal for equal pictures
 * @property {import("./ground.js").Ground | null} ground  of a network trained elsewhere
 */

/**
 * @typedef {object} Wanted
 * @property {number | null} index  of one of the data set's pictures
 * @property {boolean} centre
 * @property {string | null} [dataset]  else the run’s set
 * @property {import("./ground.js").Fit | null} [fit]  what a network trained elsewhere takes
 */

/**
 * Null until the data set's pictures are here.
 * @param {import("../types.js").State} state
 * @param {import("./test_set.js").TestSet} testSet
 * @param {Wanted} wanted
 * @returns {Subject | null}
 */
export function subjectOf(state, testSet, { index, centre, dataset = datasetOf(state), fit = null }) {
  const { drawing } = state.view.details;
  if (fit) {
    const ground = groundFor(testSet, index, fit);
    const laid = ground && layOver(drawing, ground.shape, ground.under, centre);
    if (!laid) return null;
    const { pixels } = laid;
    const asked = () => ({ image: encodeBytes(pixels, ground.shape), scaling: fit.scaling });
    const source = ground.brought ? `brought ${ground.brought.number}` : index;
    const key = [source, ...ground.shape, laid.key, fit.scaling].join("/");
    const isBlank = !ground.under && !laid.isDrawn;
    const told = { ...laid, shape: ground.shape, picture: ground.picture, isBlank, key, ground };
    // Where nobody is asked, as under the microscope, it costs nothing.
    return Object.defineProperty({ ...told, question: {} }, "question", { get: asked });
  }
  if (dataset === null) return null;
  const shape = testSet.examples(dataset)[0]?.shape;
  const picture = index === null ? null : testSet.picture(dataset, index);
  if (!shape || (index !== null && !picture)) return null;
  const laid = layOver(drawing, shape, picture?.pixels ?? null, centre);
  const question = picture && !laid.isDrawn ? { index } : { image: encodeBytes(laid.pixels, shape) };
  const key = [dataset, index, laid.key].join("/");
  return { ...laid, shape, picture, isBlank: !picture && !laid.isDrawn, question, key, ground: null };
}

/**
 * @param {string | undefined} drawing
 * @param {Shape} shape
 * @param {Uint8Array | null} under
 * @param {boolean} centre
 */
function layOver(drawing, shape, under, centre) {
  const cells = decodeDrawing(drawing, shape);
  const isDrawn = cells.some((cell) => cell > 0);
  const inked = centre && isDrawn && !under && inksFor(shape).soft ? centred(cells, shape) : cells;
  const pixels = pixelsOf(inked, under, shape);
  const drawn = inked === cells ? pixels : pixelsOf(cells, under, shape);
  return { cells, inked, drawn, pixels, isDrawn, key: [isDrawn ? drawing : "", inked !== cells].join("/") };
}
