// @ts-check
// The pictures and charts of the view one looks at, as files: what a
// canvas or a chart shows, and nothing else.

import { chartIn } from "../charts/plot.js";
import { loadPlotly } from "../charts/plotly.js";
import { onGround } from "./ground.js";
import { enlarged, vectorOf } from "./pixels.js";

/** @typedef {{title: string, element: HTMLElement}} Figure */
/** @typedef {"png" | "svg"} Kind */

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

/**
 * @param {Figure} figure
 * @param {Kind} kind
 * @param {import("./ground.js").Ground} [ground]
 * @returns {Promise<Blob>}
 */
export async function fileOf(figure, kind, ground = "screen") {
  const draw = await drawerOf(figure, kind); // all that it takes is fetched before
  const finish = await onGround(ground, draw);
  return finish();
}

/**
 * Draws at once what is made a file afterwards.
 * @typedef {(paper: import("./ground.js").Paper) => () => Blob | Promise<Blob>} Drawer
 * @param {Figure} figure
 * @param {Kind} kind
 * @returns {Promise<Drawer>}
 */
async function drawerOf({ title, element }, kind) {
  if (hasNumbers(element)) {
    const { vectorOfNumbers } = await import("./numbers.js");
    return (paper) => asKind(svgOf(vectorOfNumbers(element, paper("bg"))), kind);
  }
  const canvas = canvasIn(element);
  if (canvas) return (paper) => pictureOf(canvas, kind, paper("surface"));
  const { vectorOfChart, plotlyFile } = await import("./charts.js");
  const chart = chartIn(element);
  if (chart) return (paper) => asKind(svgOf(vectorOfChart(chart, title, paper("surface"))), kind);
  const plotly = await loadPlotly();
  const plot = /** @type {import("../charts/plotly.js").Plot} */ (plotIn(element));
  return (paper) => {
    const file = plotlyFile(plotly, plot, title, kind, paper("surface"));
    return () => file;
  };
}

/** @param {Blob} vector @param {Kind} kind */
const asKind = (vector, kind) => async () => (kind === "svg" ? vector : pngOf(await rasterOf(vector)));

/** @param {HTMLCanvasElement} canvas @param {Kind} kind @param {string | null} ground */
function pictureOf(canvas, kind, ground) {
  if (kind === "svg") {
    const vector = svgOf(vectorOf(canvas, ground));
    return () => vector;
  }
  const large = enlarged(canvas, ground);
  return () => pngOf(large);
}

/** @param {HTMLElement} element @returns {HTMLCanvasElement | null} */
const canvasIn = (element) => element.querySelector("canvas");

/** @param {HTMLElement} element @returns {import("../charts/plotly.js").Plot | null} */
const plotIn = (element) => element.querySelector(".js-plotly-plot");

/** @param {Blob} vector */
const rasterOf = async (vector) => (await import("./numbers.js")).raster(vector);

/** They may lie over a canvas, as in the textbooks' example. @param {HTMLElement} element */
const hasNumbers = (element) => Boolean(element.querySelector("table.numbers:not([hidden]) td, .term"));

/** @param {string} drawn */
const svgOf = (drawn) => new Blob([drawn], { type: "image/svg+xml" });

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
const pngOf = (canvas) =>
  new Promise((resolve) => canvas.toBlob((blob) => resolve(/** @type {Blob} */ (blob))));
