// @ts-check
// One cell of the map as a picture, as it is shown, in the page's colours.

import { shape } from "../../charts/svg.js";
import { colour } from "../../charts/theme.js";
import { measureIn } from "../../map/chooser.js";
import { keyOf, meanOf, valuesOf } from "../../map/model.js";
import { standingWords, underWords, valueWords } from "../../map/words.js";

/** @typedef {import("../../map/board.js").Board} Board */
/** @typedef {NonNullable<Board["shown"]>} Shown */

export const CELL = { width: 178, height: 102, gap: 6 };

/**
 * @param {number} x
 * @param {number} y
 * @param {string} words
 * @param {{size?: number, paint?: string, weight?: number, anchor?: string}} [look]
 */
export const text = (x, y, words, { size = 13, paint = "ink", weight = 400, anchor = "start" } = {}) =>
  shape(
    "text",
    { x, y, "font-size": size, fill: colour(paint), "font-weight": weight, "text-anchor": anchor },
    words,
  );

/**
 * @param {Board} board
 * @param {Shown} shown
 * @param {number[]} at
 * @param {{x: number, y: number}} place
 */
export function cellOf({ grid }, { sweep, details, moment }, at, { x, y }) {
  const measure = measureIn(details, sweep);
  const known = sweep.cells.find((cell) => keyOf(cell.at) === keyOf(at))?.seeds;
  const seeds = moment.values.get(keyOf(at)) ?? known;
  const mean = meanOf(valuesOf(seeds ?? [], measure));
  const view = grid.cells.get(keyOf(at));
  const look = view ? getComputedStyle(view.root, "::before") : null;
  const words = [seeds ? underWords(seeds, measure) : "", standingWords(seeds)];
  const size = { x, y, width: CELL.width, height: CELL.height, rx: 4 };
  const parts = [
    shape("rect", { ...size, fill: colour("surface"), stroke: colour("line") }),
    shape("rect", { ...size, fill: look?.backgroundColor ?? "none", "fill-opacity": look?.opacity ?? 0 }),
    text(x + 10, y + 24, mean === null ? "" : valueWords(mean, measure), { size: 16, weight: 600 }),
    text(x + 10, y + 92, words.filter((one, index) => one && words.indexOf(one) === index).join(" · "), {
      size: 12,
      paint: "ink2",
    }),
  ];
  if (view && !view.strip.classList.contains("empty")) parts.push(stripOf(view.strip, x + 10, y + 40));
  const struck = `M${x} ${y}l${CELL.width} ${CELL.height}`;
  if (view?.root.dataset.standing === "failed")
    parts.push(shape("path", { d: struck, stroke: colour("control") }));
  if (view) parts.push(ringsOf(view.rings, x + CELL.width - 70, y + 13));
  return shape("g", {}, ...parts);
}

/** @param {HTMLCanvasElement} canvas @param {number} x @param {number} y */
const stripOf = (canvas, x, y) =>
  shape("image", {
    ...{ x, y, width: canvas.width, height: canvas.height, href: canvas.toDataURL() },
    "image-rendering": "pixelated",
  });

/** @param {Element} rings @param {number} x @param {number} y */
function ringsOf(rings, x, y) {
  const copies = [...rings.children].map((mark) => {
    const copy = /** @type {Element} */ (mark.cloneNode());
    const isLine = copy.classList.contains("map-line");
    copy.removeAttribute("class");
    copy.setAttribute("fill", "none");
    copy.setAttribute("stroke", colour(isLine ? "control" : "ink"));
    copy.setAttribute("stroke-width", isLine ? "1" : "1.5");
    return copy;
  });
  return shape("g", { transform: `translate(${x} ${y})` }, ...copies);
}
