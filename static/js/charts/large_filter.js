// @ts-check
// A filter painted on a canvas, with Plotly transparent above it for hover and zoom.
//
// Plotly measures with invisible points, one a cell: its heatmaps and colour bars write style
// attributes, which the page's policy forbids, so the colour bar is the page's own.

import { paintBar } from "../views/legend.js";
import { cellOf, paintAtlas } from "../kernels/atlas.js";
import { isOriented } from "../state/selectors.js";
import { placesFor, signed } from "../words/numbers.js";
import { write } from "../views/elements.js";
import { loadPlotly } from "./plotly.js";
import { colour } from "./theme.js";

/** @typedef {import("../types.js").Frame} Frame */

const BAR_WIDTH = 74;
/** Room above and below, so that the colour bar's ends can be named. */
const END_ROOM = 8;

export class LargeFilter {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.canvas = /** @type {HTMLCanvasElement} */ (root.querySelector("canvas"));
    this.plot = /** @type {any} */ (root.querySelector(".plot"));
    this.source = document.createElement("canvas");
    this.shape = "";
  }

  /** @param {Frame} frame @param {number} filter @param {number} limit */
  async draw({ kernel, verdicts }, filter, limit) {
    const cell = cellOf(kernel.shape);
    const image = paintAtlas(kernel, () => limit, null);
    this.source.width = cell.width;
    this.source.height = cell.height;
    this.source.getContext("2d")?.putImageData(image, -filter * cell.width, 0);
    this.cell = cell;
    this.size = this.sizeFor(cell);
    this.paint([-0.5, cell.width - 0.5], [cell.height - 0.5, -0.5]);
    this.drawBar(limit);
    const plotly = await loadPlotly();
    await plotly.react(this.plot, [this.trace(kernel, filter, limit)], { ...this.layout(kernel.shape), shapes: this.direction(verdicts, filter) }, { displayModeBar: false, doubleClick: "reset", showTips: false });
    if (this.shape) return this.followZoom();
    this.shape = kernel.shape.join();
    this.plot.on("plotly_relayout", () => this.followZoom());
    this.plot.on("plotly_relayouting", () => this.followZoom());
    this.followZoom();
  }

  /** The largest whole multiple of the kernel that fits. @param {{width: number, height: number}} cell */
  sizeFor(cell) {
    const room = Math.min(this.root.clientWidth - BAR_WIDTH, this.root.clientHeight - 2 * END_ROOM);
    const multiple = Math.max(1, Math.floor(room / Math.max(cell.width, cell.height)));
    return { width: cell.width * multiple, height: cell.height * multiple };
  }

  followZoom() {
    const { xaxis, yaxis } = this.plot.layout;
    this.paint(xaxis.range, yaxis.range);
  }

  /** @param {number[]} across @param {number[]} down  ranges in cells, −.5 is the edge */
  paint(across, down) {
    const { width, height } = /** @type {{width: number, height: number}} */ (this.size);
    const ratio = devicePixelRatio;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.canvas.style.top = `${END_ROOM}px`;
    const context = this.canvas.getContext("2d");
    if (!context) return;
    context.imageSmoothingEnabled = false;
    const [left, right] = across;
    const [bottom, top] = down;
    context.drawImage(this.source, left + 0.5, top + 0.5, right - left, bottom - top, 0, 0, width * ratio, height * ratio);
  }

  /** One invisible point a cell, which knows its place and weight. @param {import("../types.js").Kernel} kernel @param {number} filter @param {number} limit */
  trace(kernel, filter, limit) {
    const [height, width, channels, count] = kernel.shape;
    const { columns, gap, colour: inColour } = cellOf(kernel.shape);
    const places = Math.max(3, placesFor(limit) + 1);
    const points = { type: "scatter", mode: "markers", marker: { opacity: 0, size: 1 }, hoverinfo: "text", x: /** @type {number[]} */ ([]), y: /** @type {number[]} */ ([]), text: /** @type {string[]} */ ([]) };
    for (let cell = 0; cell < height * width; cell++) {
      const [row, column] = [Math.floor(cell / width), cell % width];
      const where = `row ${row}, column ${column}`;
      const weight = (/** @type {number} */ channel) => signed(kernel.weights[(cell * channels + channel) * count + filter], places);
      for (let slice = 0; slice < (inColour ? 1 : channels); slice++) {
        points.x.push((slice % columns) * (width + gap) + column);
        points.y.push(Math.floor(slice / columns) * (height + gap) + row);
        const told = inColour ? `R ${weight(0)}  G ${weight(1)}  B ${weight(2)}` : weight(slice);
        points.text.push(`${channels > 1 && !inColour ? `from filter ${slice + 1}, ` : ""}${where}<br>${told}`);
      }
    }
    return points;
  }

  /** The line along which an edge runs, dark within light. @param {import("../types.js").Verdicts | null} verdicts @param {number} filter */
  direction(verdicts, filter) {
    if (!verdicts || !isOriented(verdicts.label[filter])) return [];
    const { width, height } = /** @type {{width: number, height: number}} */ (this.cell);
    const angle = (verdicts.orientation_degrees[filter] * Math.PI) / 180;
    const [x, y] = [(width - 1) / 2, (height - 1) / 2];
    const [right, up] = [0.46 * width * Math.cos(angle), 0.46 * height * Math.sin(angle)];
    const ends = { type: "line", x0: x - right, x1: x + right, y0: y + up, y1: y - up };
    return [
      { ...ends, line: { color: "#ffffff", width: 4 } },
      { ...ends, line: { color: "#17181c", width: 2 } },
    ];
  }

  /** @param {number} limit */
  drawBar(limit) {
    const { width, height } = /** @type {{width: number, height: number}} */ (this.size);
    const bar = /** @type {HTMLElement} */ (this.root.querySelector(".bar-beside"));
    Object.assign(bar.style, { left: `${width + 12}px`, top: `${END_ROOM}px`, height: `${height}px` });
    paintBar(/** @type {HTMLCanvasElement} */ (bar.querySelector("canvas")), this.cell?.colour === true);
    const places = placesFor(limit);
    [limit, 0, -limit].forEach((value, index) => write(bar.querySelectorAll("span")[index], signed(value, places)));
  }

  /** @param {import("../types.js").Kernel["shape"]} shape */
  layout(shape) {
    const { width, height } = /** @type {{width: number, height: number}} */ (this.size);
    const cell = /** @type {{width: number, height: number}} */ (this.cell);
    const axis = { visible: false, constrain: "domain" };
    const font = { family: getComputedStyle(document.documentElement).fontFamily, size: 12 };
    return {
      width: width + BAR_WIDTH,
      height: height + 2 * END_ROOM,
      margin: { l: 0, t: END_ROOM, b: END_ROOM, r: BAR_WIDTH },
      font,
      paper_bgcolor: "transparent",
      plot_bgcolor: "transparent",
      dragmode: "zoom",
      hovermode: "closest",
      hoverdistance: -1,
      uirevision: shape.join(),
      hoverlabel: { bgcolor: colour("filled"), bordercolor: colour("filled"), font: { ...font, color: colour("on-filled") } },
      xaxis: { ...axis, range: [-0.5, cell.width - 0.5] },
      yaxis: { ...axis, range: [cell.height - 0.5, -0.5] },
    };
  }
}
