// @ts-check
// The page's colours for Plotly, and what all charts share.

import { make } from "../views/elements.js";

export const MARGIN = { l: 34, r: 14, t: 8, b: 22, pad: 0 };
const EDGE_ROOM = 0.004;
const AXIS = { fixedrange: true, showgrid: false, zeroline: false, ticks: "", ticklabelstandoff: 4 };
const SYSTEM = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "print"];

/** Calls when the system's theme changes, or the one chosen on the page. @param {() => void} call */
export function onThemeChange(call) {
  for (const one of SYSTEM) matchMedia(one).addEventListener("change", call);
  new MutationObserver(call).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

/** A colour token's value. @param {string} token */
export function colour(token) {
  const value = getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
  return value.startsWith("#") ? value : resolved(value);
}

/** A colour of the system as numbers: neither Plotly nor a file knows its name. @param {string} name */
function resolved(name) {
  const probe = make("span", { hidden: true });
  probe.style.color = name;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

export const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, showTips: false };

/**
 * @param {{width: number, height: number, top: number, ticks: number[], annotations?: object[]}} chart
 */
export function layoutOf({ width, height, top, ticks, annotations = [] }) {
  const font = {
    family: getComputedStyle(document.documentElement).fontFamily,
    size: 12,
    color: colour("ink3"),
  };
  return {
    width,
    height,
    margin: MARGIN,
    font,
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    showlegend: false,
    dragmode: false,
    hovermode: "x",
    xaxis: AXIS,
    yaxis: valueAxis(top, ticks),
    annotations,
  };
}

/** @param {number} top @param {number[]} ticks */
function valueAxis(top, ticks) {
  const edge = top * EDGE_ROOM; // Plotly draws no grid line on the very edge
  return {
    ...AXIS,
    range: [-edge, top + edge],
    tickvals: ticks,
    showgrid: true,
    gridcolor: colour("line"),
    layer: "below traces",
    showline: true,
    linecolor: colour("ink"),
    linewidth: 1.5,
  };
}

/**
 * A name on its curve or band.
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {{color?: string, weight?: number, [property: string]: unknown}} [more]
 */
export function nameAt(text, x, y, more = {}) {
  const { color = colour("ink"), weight = 400, ...rest } = more;
  return { text, x, y, showarrow: false, font: { size: 12, color, weight }, ...rest };
}
