// @ts-check
// Plotly, fetched once when a chart first wants it.

import { addSheet } from "../views/sheet.js";

const SCRIPT = "../../vendor/plotly/plotly-cartesian.min.js";

/**
 * As much of Plotly as the page uses.
 * @typedef {{_offset: number, range: number[], d2p: (value: number) => number}} Axis
 * @typedef {{x: number, y: number, xaxis: Axis, yaxis: Axis, customdata: unknown, curveNumber: number,
 *   pointNumber: number, data: {text: string[]}}} Point  under the pointer
 * @typedef {{xaxis: Axis, yaxis: Axis, font: object, annotations?: {font: object}[]}} Layout
 * @typedef {object} Drawn
 * @property {object[]} data
 * @property {Layout} layout
 * @property {(event: string, call: (told: {points: Point[]}) => void) => void} on
 * @typedef {HTMLElement & Drawn} Plot  an element once a chart is drawn in it
 * @typedef {object} Plotly
 * @property {(plot: HTMLElement, data: object[], layout: object, config: object) => Promise<Plot>} react
 * @property {(figure: {data: object[], layout: object}, file: object) => Promise<string>} toImage
 */

/** @type {Promise<Plotly> | null} */
let loading = null;

/** @returns {Promise<Plotly>} */
export function loadPlotly() {
  loading ??= load();
  return loading;
}

/**
 * Resolves when what has been asked of the line for charts is there; at once where nothing was.
 * @returns {Promise<unknown>}
 */
export const plotlyAtRest = () => loading ?? Promise.resolve();

async function load() {
  if (!document.getElementById("plotly.js-style-global")) {
    // Plotly inserts no style rules of its own where it finds this class, as the page's policy wants.
    const link = document.createElement("link");
    Object.assign(link, {
      id: "plotly.js-style-global",
      className: "no-inline-styles",
      rel: "stylesheet",
      href: new URL("../../vendor/plotly/plotly.css", import.meta.url).href,
    });
    addSheet(link);
  }
  await import(SCRIPT);
  const page = /** @type {{Plotly?: Plotly, moduleName?: string}} */ (window);
  const Plotly = /** @type {Plotly} */ (page.Plotly);
  delete page.Plotly;
  delete page.moduleName;
  return Plotly;
}
