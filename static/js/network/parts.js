// @ts-check
// The maps a filter listens to, a row each: the window on the map, what lies in it, the weights, their sum.

import { colourOf, paintPicture } from "../pictures/paint.js";
import { NumberTable } from "../pictures/table.js";
import { make } from "../views/elements.js";
import { fixed, grouped, signed } from "../words/numbers.js";
import { channelName } from "../words/lens.js";
import { paintOne } from "./art.js";
import { partsOf, planeOf } from "./slices.js";

/**
 * @typedef {import("./slices.js").Place} Place
 * @typedef {import("./seeing.js").Seen} Seen
 */

const MOST = 4;
const SIDE = 78;
/** Larger windows are drawn, not written. */
const LARGEST_WRITTEN = 5;

/**
 * @param {HTMLElement} root
 * @param {Place} place
 * @param {Seen} seen
 * @param {number} before  the layer whose maps these are; −1: the picture
 */
export function drawParts(root, place, seen, before) {
  const { strongest, others } = partsOf(place.products, MOST);
  const limits = { patch: largestIn(place.patch), kernel: largestIn(place.kernel) };
  const isSigned = place.patch.flat(2).some((value) => value < 0);
  const rows = strongest.map(({ channel, sum }) =>
    make(
      "li",
      { class: "slice" },
      makeSight(place, seen, before, channel),
      makeGrid(planeOf(place.patch, channel), limits.patch, isSigned),
      make("span", { class: "sign", "aria-hidden": "true" }, "⊙"),
      makeGrid(planeOf(place.kernel, channel), limits.kernel, true),
      make("span", { class: "sign" }, "="),
      makeSum(channelName(place, before < 0, channel), sum),
    ),
  );
  root.replaceChildren(...rows, ...(others.count ? [makeRest(others)] : []));
}

/** @param {string} name @param {number} sum */
const makeSum = (name, sum) =>
  make("span", { class: "slice-sum" }, make("span", { class: "quiet" }, name), make("b", {}, signed(sum, 3)));

/** @param {{count: number, sum: number}} others */
function makeRest({ count, sum }) {
  const words = make("span", { class: "quiet" }, `${grouped(count)} more, whose sums are smaller`);
  return make("li", { class: "slice rest" }, words, makeSum("", sum));
}

/** @param {number[][][]} cube */
const largestIn = (cube) => cube.flat(2).reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;

/**
 * The map with the window on it.
 * @param {Place} place
 * @param {Seen} seen
 * @param {number} before
 * @param {number} channel
 */
function makeSight({ top, left, patch }, seen, before, channel) {
  const canvas = make("canvas", { "aria-hidden": "true" });
  const [rows, columns] = before < 0 ? seen.shape : seen.layers[before].output_shape;
  if (before < 0) paintPicture(canvas, channelOf(seen, channel), [rows, columns, 1]);
  else paintOne(canvas, seen.layers[before], channel);
  const window = make("span", { class: "slice-window" });
  const share = (/** @type {number} */ pixels, /** @type {number} */ all) => `${(100 * pixels) / all}%`;
  Object.assign(window.style, {
    ...{ left: share(left, columns), top: share(top, rows) },
    ...{ width: share(patch[0].length, columns), height: share(patch.length, rows) },
  });
  return make("span", { class: "slice-sight" }, canvas, window);
}

/** One colour of the picture. @param {Seen} seen @param {number} channel */
const channelOf = ({ image, shape }, channel) =>
  Uint8Array.from({ length: shape[0] * shape[1] }, (_, at) => image[at * shape[2] + channel]);

/**
 * @param {number[][]} plane
 * @param {number} limit
 * @param {boolean} isSigned
 */
function makeGrid(plane, limit, isSigned) {
  const [rows, columns] = [plane.length, plane[0].length];
  if (rows > LARGEST_WRITTEN) return makePixels(plane, limit, isSigned);
  const table = new NumberTable(make("table", { class: "numbers" }));
  table.root.style.setProperty("--cell", `${Math.floor(SIDE / Math.min(3, rows))}px`);
  table.draw({
    ...{ rows, columns, numbered: false },
    cell: (row, column) => ({
      text: fixed(plane[row][column], rows > 3 ? 1 : 2).replace(/^(−?)0\./, "$1."),
      colour: colourOf(plane[row][column], limit, isSigned),
      name: "",
    }),
  });
  return table.root;
}

/** @param {number[][]} plane @param {number} limit @param {boolean} isSigned */
function makePixels(plane, limit, isSigned) {
  const canvas = make("canvas", { class: "slice-pixels", "aria-hidden": "true" });
  Object.assign(canvas, { width: plane[0].length, height: plane.length });
  const image = new ImageData(canvas.width, canvas.height);
  plane.flat().forEach((value, at) => image.data.set([...colourOf(value, limit, isSigned), 255], at * 4));
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}
