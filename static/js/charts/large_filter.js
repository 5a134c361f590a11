// @ts-check
// A filter painted on a canvas, with Plotly transparent above it for hover and zoom.
//
// Plotly measures with invisible points, one a cell: its heatmaps write style attributes, which the
// page's policy forbids. It takes longer than a frame, so it catches up when the filter stands still.

import { cellOf, paintAtlas } from "../kernels/atlas.js";
import { filterOf } from "../kernels/slices.js";
import { isOriented } from "../state/selectors.js";
import { make } from "../views/elements.js";
import { cellLayout, cellPoints } from "./cell_points.js";
import { loadPlotly } from "./plotly.js";

/** @typedef {import("../types.js").Frame} Frame */

/** More weights in one filter than this are looked at, not read one by one: Plotly would stand still. */
const MOST_POINTS = 4096;
const CONFIG = { displayModeBar: false, doubleClick: "reset", showTips: false };

export class LargeFilter {
  /**
   * @param {HTMLElement} root  holds a canvas and a .plot; as wide as may be filled
   * @param {number} largest  CSS pixels
   */
  constructor(root, largest) {
    this.root = root;
    this.largest = largest;
    this.canvas = /** @type {HTMLCanvasElement} */ (root.querySelector("canvas"));
    this.plot = /** @type {import("./plotly.js").Plot} */ (root.querySelector(".plot"));
    this.ring = make("div", { class: "cell-ring", hidden: true });
    root.append(this.ring);
    this.source = document.createElement("canvas");
    this.measured = "";
    this.listens = false;
  }

  /**
   * Paints at once; what lies under the pointer is told again after `measure`.
   * @param {Frame} frame
   * @param {number} filter
   * @param {number} limit
   */
  paintFilter({ kernel, verdicts }, filter, limit) {
    const cell = cellOf(kernel.shape);
    const image = paintAtlas(filterOf(kernel, filter), () => limit);
    this.source.width = cell.width;
    this.source.height = cell.height;
    this.source.getContext("2d")?.putImageData(image, 0, 0);
    this.cell = cell;
    this.angle =
      verdicts && isOriented(verdicts.label[filter])
        ? (verdicts.orientation_degrees[filter] * Math.PI) / 180
        : null;
    this.size = this.sizeFor(cell);
    this.plot.style.visibility = "hidden";
    this.ring.hidden = true;
    const zoomed = this.measured === kernel.shape.join() ? this.plot.layout : null;
    this.paint(
      zoomed?.xaxis.range ?? [-0.5, cell.width - 0.5],
      zoomed?.yaxis.range ?? [cell.height - 0.5, -0.5],
    );
  }

  /**
   * Lets Plotly know where each weight lies.
   * @param {Frame} frame
   * @param {number} filter
   * @param {number} limit
   */
  async measure({ kernel }, filter, limit) {
    if (kernel.weights.length > MOST_POINTS * kernel.shape[3]) return;
    const plotly = await loadPlotly();
    if (!this.size || !this.root.clientWidth) return;
    const layout = cellLayout(kernel.shape, this.size);
    await plotly.react(this.plot, [cellPoints(kernel, filter, limit)], layout, CONFIG);
    this.plot.style.visibility = "visible";
    this.measured = kernel.shape.join();
    if (!this.listens) this.listen();
    this.followZoom();
  }

  listen() {
    this.listens = true;
    this.plot.on("plotly_relayout", () => this.followZoom());
    this.plot.on("plotly_relayouting", () => this.followZoom());
    this.plot.on("plotly_hover", ({ points }) => this.ringCell(points[0]));
    this.plot.on("plotly_unhover", () => (this.ring.hidden = true));
  }

  /** The largest whole multiple of the kernel that fits. @param {{width: number, height: number}} cell */
  sizeFor(cell) {
    const room = Math.min(this.root.clientWidth || this.largest, this.largest);
    const multiple = Math.max(1, Math.floor(room / Math.max(cell.width, cell.height)));
    return { width: cell.width * multiple, height: cell.height * multiple };
  }

  followZoom() {
    const { xaxis, yaxis } = this.plot.layout;
    this.ring.hidden = true;
    this.paint(xaxis.range, yaxis.range);
  }

  /** @param {number[]} across @param {number[]} down  ranges in cells, −.5 is the edge */
  paint(across, down) {
    const { width, height, ratio } = this.fitCanvas();
    const context = this.canvas.getContext("2d");
    if (!context) return;
    context.imageSmoothingEnabled = false;
    const [left, right] = across;
    const [bottom, top] = down;
    const [columns, rows] = [right - left, bottom - top];
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height); // between slices nothing would cover it
    context.drawImage(this.source, left + 0.5, top + 0.5, columns, rows, 0, 0, width, height);
    const toX = (/** @type {number} */ x) => (x - left) * (width / columns);
    const toY = (/** @type {number} */ y) => (y - top) * (height / rows);
    this.drawDirection(context, toX, toY, ratio);
  }

  /** The canvas as large as `size`, in the screen's own pixels. */
  fitCanvas() {
    const size = /** @type {{width: number, height: number}} */ (this.size);
    const ratio = devicePixelRatio;
    const [width, height] = [size.width * ratio, size.height * ratio];
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.canvas.style.width = `${size.width}px`;
    this.canvas.style.height = this.root.style.height = `${size.height}px`;
    return { width, height, ratio };
  }

  /**
   * The line along which an edge runs, dark within light.
   * @param {CanvasRenderingContext2D} context
   * @param {(x: number) => number} toX
   * @param {(y: number) => number} toY
   * @param {number} ratio
   */
  drawDirection(context, toX, toY, ratio) {
    if (this.angle === null || this.angle === undefined || !this.cell) return;
    const { width, height } = this.cell;
    const [x, y] = [(width - 1) / 2, (height - 1) / 2];
    const [right, up] = [0.46 * width * Math.cos(this.angle), 0.46 * height * Math.sin(this.angle)];
    context.lineCap = "round";
    for (const [style, thick] of /** @type {const} */ ([
      ["#ffffff", 4],
      ["#17181c", 2],
    ])) {
      context.beginPath();
      context.moveTo(toX(x - right), toY(y + up));
      context.lineTo(toX(x + right), toY(y - up));
      context.strokeStyle = style;
      context.lineWidth = thick * ratio;
      context.stroke();
    }
  }

  /** @param {import("./plotly.js").Point} point */
  ringCell({ x, y, xaxis, yaxis }) {
    const [left, right] = [xaxis.d2p(x - 0.5), xaxis.d2p(x + 0.5)];
    const [top, bottom] = [yaxis.d2p(y - 0.5), yaxis.d2p(y + 0.5)];
    Object.assign(this.ring.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${right - left}px`,
      height: `${bottom - top}px`,
    });
    this.ring.hidden = false;
  }
}
