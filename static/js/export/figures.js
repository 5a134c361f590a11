// @ts-check
// The pictures and charts of the view one looks at, as files: what a
// canvas or a chart shows, and nothing else.

import { chartIn } from "../charts/plot.js";
import { colour } from "../charts/theme.js";

/** @typedef {{title: string, element: HTMLElement}} Figure */
/** @typedef {"png" | "svg"} Kind */

const LARGE = 640;

/** Those that can be seen, in the order of the page. @param {string} scene @returns {Figure[]} */
export function figuresIn(scene) {
  const found = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(`#scene-${scene} [data-figure]`)
  );
  return [...found]
    .filter(
      (element) =>
        element.getClientRects().length &&
        (canvasIn(element) || chartIn(element) || plotIn(element) || hasNumbers(element)),
    )
    .map((element) => ({ title: element.dataset.figure ?? "", element }));
}

/** @param {Figure} figure @param {Kind} kind @returns {Promise<Blob>} */
export async function fileOf({ title, element }, kind) {
  if (hasNumbers(element)) return numbersOf(element, kind);
  const canvas = canvasIn(element);
  if (canvas && kind === "svg") return svgOf(vectorOf(canvas));
  if (canvas) return pngOf(enlarged(canvas));
  const { vectorOfChart, plotlyFile } = await import("./charts.js");
  const chart = chartIn(element);
  if (!chart)
    return plotlyFile(/** @type {import("../charts/plotly.js").Plot} */ (plotIn(element)), title, kind);
  const vector = svgOf(vectorOfChart(chart, title));
  return kind === "svg" ? vector : pngOf(await rasterOf(vector));
}

/** @param {HTMLElement} element @returns {HTMLCanvasElement | null} */
const canvasIn = (element) => element.querySelector("canvas");

/** @param {HTMLElement} element @returns {import("../charts/plotly.js").Plot | null} */
const plotIn = (element) => element.querySelector(".js-plotly-plot");

/** @param {Blob} vector */
const rasterOf = async (vector) => (await import("./numbers.js")).raster(vector);

/** They may lie over a canvas, as in the textbooks' example. @param {HTMLElement} element */
const hasNumbers = (element) => Boolean(element.querySelector("table.numbers:not([hidden]) td, .term"));

/** @param {HTMLElement} element @param {Kind} kind */
async function numbersOf(element, kind) {
  const { vectorOfNumbers } = await import("./numbers.js");
  const vector = svgOf(vectorOfNumbers(element));
  return kind === "svg" ? vector : pngOf(await rasterOf(vector));
}

/** @param {string} drawn */
const svgOf = (drawn) => new Blob([drawn], { type: "image/svg+xml" });

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
const pngOf = (canvas) =>
  new Promise((resolve) => canvas.toBlob((blob) => resolve(/** @type {Blob} */ (blob))));

/**
 * How often a pixel is repeated, so that a picture of few is large enough to be seen.
 * @param {HTMLCanvasElement} canvas
 */
const multipleOf = ({ width, height }) => Math.max(1, Math.floor(LARGE / Math.max(width, height)));

/** On the page's ground. @param {HTMLCanvasElement} canvas */
function enlarged(canvas) {
  const large = document.createElement("canvas");
  large.width = canvas.width * multipleOf(canvas);
  large.height = canvas.height * multipleOf(canvas);
  const context = /** @type {CanvasRenderingContext2D} */ (large.getContext("2d"));
  context.imageSmoothingEnabled = false;
  context.fillStyle = colour("surface");
  context.fillRect(0, 0, large.width, large.height);
  context.drawImage(canvas, 0, 0, large.width, large.height);
  return large;
}

/** Each stretch of one colour a rectangle, equal rows taken together. @param {HTMLCanvasElement} canvas */
function vectorOf(canvas) {
  const { width, height } = canvas;
  const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).getImageData(
    0,
    0,
    width,
    height,
  );
  const pixels = new Uint32Array(data.buffer);
  const parts = [];
  for (let top = 0, bottom = 1; top < height; top = bottom, bottom = top + 1) {
    while (bottom < height && sameRow(pixels, width, top, bottom)) bottom += 1;
    for (let left = 0, right = 1; left < width; left = right, right = left + 1) {
      const at = top * width + left;
      while (right < width && pixels[top * width + right] === pixels[at]) right += 1;
      if (data[at * 4 + 3])
        parts.push(
          `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" ` +
            `fill="${hex(data, at * 4)}"${seeThrough(data[at * 4 + 3])}/>`,
        );
    }
  }
  const size =
    `width="${width * multipleOf(canvas)}" height="${height * multipleOf(canvas)}" viewBox="0 0 ${width} ` +
    `${height}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} shape-rendering="crispEdges">\n<rect width="100%" ` +
    `height="100%" fill="${colour("surface")}"/>\n${parts.join("\n")}\n</svg>\n`
  );
}

/** @param {Uint32Array} pixels @param {number} width @param {number} one @param {number} other */
function sameRow(pixels, width, one, other) {
  for (let x = 0; x < width; x++) if (pixels[one * width + x] !== pixels[other * width + x]) return false;
  return true;
}

/** @param {Uint8ClampedArray} data @param {number} at */
const hex = (data, at) =>
  `#${[0, 1, 2].map((channel) => data[at + channel].toString(16).padStart(2, "0")).join("")}`;

/** @param {number} alpha  0 to 255 */
const seeThrough = (alpha) => (alpha < 255 ? ` fill-opacity="${(alpha / 255).toFixed(2)}"` : "");
