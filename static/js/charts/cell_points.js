// @ts-check
// What Plotly draws over a large filter, invisibly, to say what lies under the pointer.

import { cellOf } from "../kernels/atlas.js";
import { placesFor, signed } from "../words/numbers.js";
import { colour } from "./theme.js";

/** @typedef {import("../types.js").Kernel} Kernel */

/**
 * One invisible point a cell, which knows its place and weight.
 * @param {Kernel} kernel
 * @param {number} filter
 * @param {number} limit
 */
export function cellPoints(kernel, filter, limit) {
  const [height, width, channels, count] = kernel.shape;
  const { columns, gap, colour: inColour } = cellOf(kernel.shape);
  const places = Math.max(3, placesFor(limit) + 1);
  const points = {
    type: "scatter",
    mode: "markers",
    marker: { opacity: 0, size: 1 },
    hoverinfo: "text",
    x: /** @type {number[]} */ ([]),
    y: /** @type {number[]} */ ([]),
    text: /** @type {string[]} */ ([]),
  };
  for (let cell = 0; cell < height * width; cell++) {
    const [row, column] = [Math.floor(cell / width), cell % width];
    const weight = (/** @type {number} */ channel) =>
      signed(kernel.weights[(cell * channels + channel) * count + filter], places);
    for (let slice = 0; slice < (inColour ? 1 : channels); slice++) {
      points.x.push((slice % columns) * (width + gap) + column);
      points.y.push(Math.floor(slice / columns) * (height + gap) + row);
      const told = inColour ? `R ${weight(0)}  G ${weight(1)}  B ${weight(2)}` : weight(slice);
      points.text.push(
        `${channels > 1 && !inColour ? `from filter ${slice + 1}, ` : ""}row ${row}, column ` +
          `${column}<br>${told}`,
      );
    }
  }
  return points;
}

/** @param {Kernel["shape"]} shape @param {{width: number, height: number}} size  CSS pixels */
export function cellLayout(shape, size) {
  const cell = cellOf(shape);
  const axis = { visible: false, constrain: "domain" };
  const font = { family: getComputedStyle(document.documentElement).fontFamily, size: 12 };
  return {
    ...size,
    margin: { l: 0, t: 0, b: 0, r: 0 },
    font,
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    dragmode: "zoom",
    hovermode: "closest",
    hoverdistance: -1,
    uirevision: shape.join(),
    hoverlabel: {
      bgcolor: colour("filled"),
      bordercolor: colour("filled"),
      font: { ...font, color: colour("on-filled") },
    },
    xaxis: { ...axis, range: [-0.5, cell.width - 0.5] },
    yaxis: { ...axis, range: [cell.height - 0.5, -0.5] },
  };
}
