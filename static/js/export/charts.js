// @ts-check
// Charts as files, large enough for a slide, on the page's ground and in its colours.

import { drawingOf } from "../charts/drawing.js";
import { painted, shape } from "../charts/svg.js";
import { colour } from "../charts/theme.js";

const CHART = { width: 960, height: 540 };
/** Letters and lines half as large again as on the page. */
const UNIT = 1.5;
const MARGINS = { left: 60, right: 30, ceiling: 70, floor: 44 };
const TITLE = 22;

/**
 * An SVG document.
 * @param {import("../charts/drawing.js").Chart} chart
 * @param {string} title
 * @param {string | null} ground
 */
export function vectorOfChart(chart, title, ground) {
  const { width, height } = CHART;
  const [right, floor] = [width - MARGINS.right, height - MARGINS.floor];
  const drawing = drawingOf(chart, { ...CHART, ...MARGINS, right, floor, unit: UNIT });
  /** @type {import("../charts/drawing.js").Words} */
  const head = { place: [20, 36], text: title, size: TITLE, paint: "ink", anchor: "start" };
  const family = getComputedStyle(document.documentElement).fontFamily;
  const page = shape(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "font-family": family },
    shape("title", {}, title),
    ...(ground ? [shape("rect", { width, height, fill: ground })] : []),
    ...painted({ ...drawing, words: [...drawing.words, head] }, colour),
  );
  return new XMLSerializer().serializeToString(page);
}

/**
 * What Plotly draws, as it draws it.
 * @param {import("../charts/plotly.js").Plotly} plotly
 * @param {import("../charts/plotly.js").Plot} plot
 * @param {string} title
 * @param {"png" | "svg"} kind
 * @param {string | null} ground
 */
export async function plotlyFile(plotly, plot, title, kind, ground) {
  const head = { text: title, x: 0.02, y: 0.95, font: { size: 22, color: colour("ink") } };
  const layout = {
    ...plot.layout,
    ...CHART,
    title: head,
    paper_bgcolor: ground ?? "transparent",
    margin: { l: 60, r: 30, t: 70, b: 44 },
  };
  const font = { ...plot.layout.font, size: 18 };
  const annotations = (plot.layout.annotations ?? []).map((one) => ({
    ...one,
    font: { ...one.font, size: 18 },
  }));
  const address = await plotly.toImage(
    { data: plot.data, layout: { ...layout, font, annotations } },
    { format: kind, ...CHART, scale: 1 },
  );
  const [kindOf, body] = [address.slice(0, address.indexOf(",")), address.slice(address.indexOf(",") + 1)];
  if (!kindOf.endsWith(";base64")) return new Blob([decodeURIComponent(body)], { type: "image/svg+xml" });
  return new Blob([Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))], { type: `image/${kind}` });
}
