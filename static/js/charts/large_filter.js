// @ts-check
// A filter painted on a canvas, with Plotly transparent above it for hover, zoom and colour bar.

import { STOPS } from "../kernels/colours.js";
import { cellOf, paintAtlas } from "../kernels/atlas.js";
import { isOriented } from "../state/selectors.js";
import { placesFor, signed } from "../words/numbers.js";
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

  /** @param {import("../types.js").Kernel} kernel @param {number} filter @param {number} limit */
  trace(kernel, filter, limit) {
    const [height, width, channels] = kernel.shape;
    const { columns, gap } = cellOf(kernel.shape);
    const cell = /** @type {{width: number, height: number, colour: boolean}} */ (this.cell);
    const z = Array.from({ length: cell.height }, () => /** @type {(number | null)[]} */ (Array(cell.width).fill(null)));
    const text = z.map((row) => row.map(() => ""));
    const places = Math.max(3, placesFor(limit) + 1);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const at = (/** @type {number} */ channel) => kernel.weights[((row * width + column) * channels + channel) * kernel.shape[3] + filter];
        if (cell.colour) {
          z[row][column] = (at(0) + at(1) + at(2)) / 3;
          text[row][column] = `row ${row}, column ${column}<br>${["R", "G", "B"].map((name, channel) => `${name} ${signed(at(channel), places)}`).join("  ")}`;
          continue;
        }
        for (let channel = 0; channel < channels; channel++) {
          const y = Math.floor(channel / columns) * (height + gap) + row;
          const x = (channel % columns) * (width + gap) + column;
          z[y][x] = at(channel);
          text[y][x] = `${channels > 1 ? `from filter ${channel + 1}, ` : ""}row ${row}, column ${column}<br>${signed(at(channel), places)}`;
        }
      }
    }
    return { type: "heatmap", z, text, hoverinfo: "text", zmin: -limit, zmax: limit, ...this.scale(cell.colour), opacity: 0, colorbar: this.bar(limit) };
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

  /** @param {boolean} inColour */
  scale(inColour) {
    const stops = inColour ? ["#000000", "#808080", "#ffffff"] : STOPS;
    return { colorscale: stops.map((hex, index) => [index / (stops.length - 1), hex]) };
  }

  /** @param {number} limit */
  bar(limit) {
    const places = placesFor(limit);
    const tickvals = [-limit, 0, limit];
    const font = { size: 12, color: colour("ink3") };
    return { thickness: 10, len: 1, lenmode: "fraction", xpad: 12, ypad: 0, outlinewidth: 0, tickvals, ticktext: tickvals.map((value) => signed(value, places)), tickfont: font, ticks: "" };
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
      uirevision: shape.join(),
      hoverlabel: { bgcolor: colour("filled"), bordercolor: colour("filled"), font: { ...font, color: colour("on-filled") } },
      xaxis: { ...axis, range: [-0.5, cell.width - 0.5] },
      yaxis: { ...axis, range: [cell.height - 0.5, -0.5] },
    };
  }
}
