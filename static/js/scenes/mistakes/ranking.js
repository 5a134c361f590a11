// @ts-check
// What each filter is worth, the dearest first.

import { paintAtlas } from "../../kernels/atlas.js";
import { norm } from "../../kernels/vectors.js";
import { byId, make, write } from "../../views/elements.js";
import { dropWords, goesWithWords, spareWords, spreadWords, worthWords } from "./words.js";

/**
 * @typedef {import("../../types.js").Frame} Frame
 * @typedef {import("../../net/answers.js").AblationAnswer} Ablation
 */

/** @type {Ablation | null} */
let drawn = null;

/**
 * @param {import("./asked.js").Answered<Ablation>} worth
 * @param {Frame | null} frame
 * @param {boolean} isLive
 */
export function drawRanking({ value, current, error }, frame, isLive) {
  byId("mistakes-worth").hidden = false;
  byId("mistakes-worth").classList.toggle("stale", !current);
  write(byId("mistakes-worth-under"), error ? error.message : worthWords(value, isLive));
  if (error || !value) {
    drawn = null;
    byId("mistakes-ranking").replaceChildren();
    for (const name of ["spare", "goes-with"]) write(byId(`mistakes-${name}`), "");
    return;
  }
  if (value === drawn || frame?.step !== value.step) return;
  drawn = value;
  byId("mistakes-ranking").replaceChildren(...rowsOf(value, frame));
  write(byId("mistakes-spare"), spareWords(value));
  write(byId("mistakes-goes-with"), goesWithWords(value, lengthsOf(frame), frame.verdicts));
}

/** @param {Ablation} worth @param {Frame} frame */
function rowsOf({ filters }, frame) {
  const longest = Math.max(...filters.map(({ high }) => high), 0.01);
  const across = (/** @type {number} */ drop) => `${(100 * Math.max(0, drop)) / longest}%`;
  return [...filters]
    .sort((one, other) => other.drop - one.drop)
    .map((one) => {
      const bar = make("span", { class: "mistakes-cost" });
      bar.style.width = across(one.drop);
      const spread = make("span", { class: "mistakes-spread" });
      spread.style.left = across(one.low);
      spread.style.width = `${(100 * (Math.max(0, one.high) - Math.max(0, one.low))) / longest}%`;
      const track = make("span", { class: "mistakes-track", "aria-hidden": "true" }, bar, spread);
      const label = make("span", { class: "quiet" }, frame.verdicts?.label[one.filter] ?? "");
      const number = make("span", { class: "number", title: spreadWords(one) }, dropWords(one));
      return make(
        "li",
        {},
        make("b", {}, String(one.filter + 1)),
        tileOf(frame, one.filter),
        label,
        track,
        number,
      );
    });
}

/** @param {Frame} frame @param {number} filter */
function tileOf({ kernel: { shape, weights } }, filter) {
  const [rows, columns, channels, count] = shape;
  const own = ownOf(weights, count, filter);
  const limit = own.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const image = paintAtlas({ shape: [rows, columns, channels, 1], weights: own }, () => limit);
  const canvas = make("canvas", { width: image.width, height: image.height, "aria-hidden": "true" });
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}

/** @param {Float32Array} weights @param {number} count @param {number} filter */
const ownOf = (weights, count, filter) => weights.filter((_, at) => at % count === filter);

/** @param {Frame} frame */
const lengthsOf = ({ kernel: { shape, weights } }) =>
  Array.from({ length: shape[3] }, (_, filter) => norm(ownOf(weights, shape[3], filter)));
