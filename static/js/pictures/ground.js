// @ts-check
// What a drawing lies on, for a network trained elsewhere: a picture that somebody brought, or one of ours.

import { pixelsFrom } from "./planes.js";
import { fitted, resized } from "./resized.js";

/**
 * @typedef {import("./drawing.js").Shape} Shape
 * @typedef {import("./test_set.js").Picture} Picture
 * @typedef {import("./brought.js").Brought} Brought
 * @typedef {object} Fit  What the network takes.
 * @property {number} channels  1 or 3
 * @property {Shape | null} shape  null where nobody knows how large its pictures are
 * @property {Brought | null} brought
 * @property {import("./scaling.js").Scaling} scaling
 *
 * @typedef {object} Ground
 * @property {Shape} shape
 * @property {Uint8Array | null} under  null is blank paper
 * @property {Picture | null} picture  of ours
 * @property {Brought | null} brought
 * @property {boolean} isCut  only its middle is shown
 */

/** The longer side of what is brought where nobody knows how large the pictures are, in pixels. */
const USUAL_SIDE = 96;

/** Whose pictures to begin with, by channels. @param {number} channels */
export const oursFor = (channels) => (channels === 3 ? "dead-leaves" : "mnist");

/**
 * Null until our own pictures are here.
 * @param {import("./test_set.js").TestSet} testSet
 * @param {number | null} index  of one of ours
 * @param {Fit} fit
 * @returns {Ground | null}
 */
export function groundFor(testSet, index, { channels, shape, brought }) {
  const none = { under: null, picture: null, brought: null, isCut: false };
  if (brought) {
    const { opened } = brought;
    const size = shape ?? /** @type {Shape} */ ([...fitted(opened, USUAL_SIDE), channels]);
    const { pixels, isCut } = atSize(opened, opened, size);
    return { ...none, shape: size, under: pixels, brought, isCut };
  }
  const ours = oursFor(channels);
  const usual = testSet.examples(ours)[0]?.shape;
  const picture = index === null ? null : testSet.picture(ours, index);
  if (!usual || (index !== null && !picture)) return null;
  const size = shape ?? usual;
  if (!picture) return { ...none, shape: size };
  const { pixels, isCut } = atSize(picture, pixelsFrom(picture.pixels, picture.shape), size);
  return { ...none, shape: size, under: pixels, picture, isCut };
}

/** @type {WeakMap<object, {key: string, made: import("./resized.js").Resized}>} */
const known = new WeakMap();

/** @param {object} source @param {import("./planes.js").Pixels} picture @param {Shape} shape */
function atSize(source, picture, shape) {
  const key = shape.join();
  const found = known.get(source);
  if (found?.key === key) return found.made;
  const made = resized(picture, shape);
  known.set(source, { key, made });
  return made;
}
