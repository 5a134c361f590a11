// @ts-check
// Every layer's feature maps, a tile each; those of the first layer lead to the microscope.

import { scrolling } from "../../views/breakpoints.js";
import { byId, make, write } from "../../views/elements.js";
import { Montage } from "../../views/montage.js";
import { fixed } from "../../words/numbers.js";
import { markMaps, paintMaps } from "../../pictures/paint.js";

/** @typedef {import("../../pictures/looking.js").LayerMaps} Answers */

const canvas = document.createElement("canvas");

/** Tiles of answers in place of tiles of weights. */
class MapMontage extends Montage {
  limit = 0;
  signed = false;

  /** @param {Answers} maps @param {number} limit @param {boolean} signed */
  show({ layer, shape: [rows, columns, count], maps }, limit, signed) {
    Object.assign(this, { limit, signed });
    const kernel = {
      shape: /** @type {[number, number, number, number]} */ ([rows, columns, 1, count]),
      weights: maps,
    };
    const frame = { step: 0, layer, kernel, verdicts: null, bias: null, sizes: new Uint32Array() };
    this.draw({ frame, limitOf: () => limit });
  }

  paint() {
    const { picture, fit, cell } = this;
    const context = this.canvas.getContext("2d");
    if (!picture || !fit || !cell || !context) return;
    const { weights, shape } = picture.frame.kernel;
    const image = paintMaps(weights, [shape[0], shape[1], shape[3]], this.limit, this.signed);
    Object.assign(canvas, { width: image.width, height: image.height });
    canvas.getContext("2d")?.putImageData(image, 0, 0);
    markMaps(this.canvas, this.signed);
    context.imageSmoothingEnabled = false;
    const [width, height] = [fit.width, fit.height].map((length) => Math.round(length * devicePixelRatio));
    for (let filter = 0; filter < this.tiles.length; filter++) {
      const left = Math.round((filter % fit.columns) * (fit.width + fit.gapX) * devicePixelRatio);
      const top = Math.round(Math.floor(filter / fit.columns) * (fit.height + fit.gapY) * devicePixelRatio);
      context.drawImage(canvas, filter * cell.width, 0, cell.width, cell.height, left, top, width, height);
    }
  }
}

export class FeatureMaps {
  /** @type {{montage: MapMontage, words: HTMLElement}[]} */
  #shown = [];
  #layout = "";
  #scale = "";
  /** @type {number[]} */
  #limits = [];

  /** @param {(filter: number) => void} openFilter */
  constructor(openFilter) {
    this.root = /** @type {HTMLElement} */ (byId("draw-layers"));
    this.root.addEventListener("click", (event) => {
      const tile = event.target instanceof Element ? event.target.closest("button.tile") : null;
      if (tile instanceof HTMLElement) openFilter(Number(tile.dataset.filter));
    });
  }

  /**
   * The scale of a layer grows with what is drawn and never shrinks, until another one is wanted.
   * @param {Answers[]} layers
   * @param {(at: number) => boolean} isSigned
   * @param {string} scale
   */
  draw(layers, isSigned, scale) {
    const layout = layers.map(({ layer, shape }) => [layer, ...shape]).join();
    if (layout !== this.#layout) this.#build(layers);
    if (layout !== this.#layout || scale !== this.#scale) this.#limits = [];
    this.#layout = layout;
    this.#scale = scale;
    layers.forEach((layer, at) => this.#drawLayer(layer, at, isSigned(at)));
  }

  /** @param {Answers[]} layers */
  #build(layers) {
    const height = () =>
      scrolling.matches
        ? Infinity
        : Math.max(110, (this.root.clientHeight - 40 * layers.length) / layers.length);
    const parts = layers.map((layer, at) => makePart(layer, at, height));
    this.root.replaceChildren(...parts.map(({ part }) => part));
    this.#shown = parts.map(({ grid, options, words }) => ({
      montage: new MapMontage(grid, options),
      words,
    }));
  }

  /** @param {Answers} layer @param {number} at @param {boolean} signed */
  #drawLayer(layer, at, signed) {
    const limit = Math.max(this.#limits[at] ?? 0, largest(layer.maps));
    this.#limits[at] = limit;
    const [rows, columns, count] = layer.shape;
    const { montage, words } = this.#shown[at];
    montage.show(layer, limit, signed);
    const ends = signed
      ? `blue −${fixed(limit)}, orange +${fixed(limit)}`
      : `faint 0, strong ${fixed(limit)}`;
    write(words, `${count} maps of ${rows} × ${columns} answers; ${ends}`);
    if (at > 0) return;
    montage.tiles.forEach((tile, filter) => (tile.ariaLabel = `filter ${filter + 1} under the microscope`));
  }
}

/**
 * The place of one layer's maps; those of the first can be chosen.
 * @param {Answers} layer
 * @param {number} at
 * @param {() => number} height
 */
function makePart({ layer, shape }, at, height) {
  const words = make("span", { class: "aside" });
  const label = `What each filter of ${layer} answers`;
  const tiles = make("div", { class: "tiles", role: "group", "aria-label": label });
  const grid = make(
    "div",
    { class: "montage maps", "data-figure": `What layer ${at + 1} answers` },
    make("canvas", { "aria-hidden": "true" }),
    tiles,
  );
  const part = make("section", { class: "answering" }, make("h2", {}, `Layer ${at + 1} `, words), grid);
  const columns = (/** @type {number} */ count) =>
    scrolling.matches ? Math.min(count, count > 32 ? 16 : 8) : undefined;
  const gap = shape[0] < 6 ? 4 : 6;
  return { part, grid, words, options: { gap, caption: () => 0, interactive: at === 0, height, columns } };
}

/** @param {Float32Array} values */
const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
