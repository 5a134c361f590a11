// @ts-check
// Plotly, fetched once when a chart first wants it.

import { addSheet } from "../views/sheet.js";

const SCRIPT = "/static/vendor/plotly/plotly-cartesian.min.js";
const STYLES = "/static/vendor/plotly/plotly.css";

/** @type {Promise<any> | null} */
let loading = null;

/** @returns {Promise<any>} */
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
      href: STYLES,
    });
    addSheet(link);
  }
  await import(SCRIPT);
  const page = /** @type {any} */ (window);
  const { Plotly } = page;
  delete page.Plotly;
  delete page.moduleName;
  return Plotly;
}
