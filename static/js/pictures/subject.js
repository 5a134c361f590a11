// @ts-check
// The picture that a scene is about: one of the data set's, a drawing, or a drawing over one.

import { encodeBytes } from "../net/typed_array.js";
import { centred } from "./centre.js";
import { decodeDrawing } from "./drawing.js";
import { datasetOf } from "../state/known.js";
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
 */

/**
 * Null until the data set's pictures are here.
 * @param {import("../types.js").State} state
 * @param {import("./test_set.js").TestSet} testSet
 * @param {{index: number | null, centre: boolean, dataset?: string | null}} wanted  else the run’s set
 * @returns {Subject | null}
 */
export function subjectOf(state, testSet, { index, centre, dataset = datasetOf(state) }) {
  if (dataset === null) return null;
  const shape = testSet.examples(dataset)[0]?.shape;
  const picture = index === null ? null : testSet.picture(dataset, index);
  if (!shape || (index !== null && !picture)) return null;
  const { drawing } = state.view.details;
  const cells = decodeDrawing(drawing, shape);
  const isDrawn = cells.some((cell) => cell > 0);
  const inked = centre && isDrawn && !picture && inksFor(shape).soft ? centred(cells, shape) : cells;
  const under = picture?.pixels ?? null;
  const pixels = pixelsOf(inked, under, shape);
  const drawn = inked === cells ? pixels : pixelsOf(cells, under, shape);
  const asIs = picture && !isDrawn;
  const question = asIs ? { index } : { image: encodeBytes(pixels, shape) };
  const key = [dataset, index, isDrawn ? drawing : "", inked !== cells].join("/");
  return { shape, cells, inked, drawn, pixels, picture, isBlank: !picture && !isDrawn, question, key };
}
