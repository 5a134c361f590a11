// @ts-check
// A grid of filters: one canvas for the pixels, one button a filter for hands, keys and ears.

import { cellOf, emptyAtlas, paintAtlas } from "../kernels/atlas.js";
import { sourcesOf, widen } from "../kernels/columns.js";
import { fitTiles, spread } from "../kernels/fit.js";
import { labelWord } from "../words/filters.js";
import { coarse } from "./breakpoints.js";
import { icon, make, setGlyph, write } from "./elements.js";

/**
 * @typedef {import("../types.js").Frame} Frame
 * @typedef {{gap: number, caption: () => number, interactive: boolean, height: (root: HTMLElement) => number,
 *   columns: (count: number) => number | undefined, fit?: typeof fitTiles, roomy?: () => number}} Options
 * @typedef {{frame: Frame, limitOf: (filter: number) => number}} Picture
 */

/** Keeps the places of the tiles until the first filters are there. @type {Frame["kernel"]["shape"]} */
const USUAL_SHAPE = [9, 9, 3, 16];

/**
 * Words that don't fit under a small tile are cut short by us rather than by its edge.
 * @type {Record<string, string>}
 */
const SHORT = { structured: "struct." };
/** Tiles narrower than this, in CSS pixels, have room for a short word only. */
const ROOMY = 100;
/** And so narrow that number and glyph stand close. */
const TIGHT = 40;
/** In small letters, with what keeps them apart. */
const [DIGIT_WIDTH, GLYPH_WIDTH] = [7, 13];

/** What a finger meets alone, in CSS pixels. */
const FINGER = 44;

/** The atlas with its columns in their places. */
const apart = document.createElement("canvas");

export class Montage {
  /** @param {HTMLElement} root @param {Options} options */
  constructor(root, options) {
    this.root = root;
    this.options = options;
    this.canvas = /** @type {HTMLCanvasElement} */ (root.querySelector("canvas"));
    this.grid = /** @type {HTMLElement} */ (root.querySelector(".tiles"));
    /** @type {HTMLElement[]} */
    this.tiles = [];
    /** @type {import("../kernels/fit.js").Fit | null} */
    this.fit = null;
    /** @type {Picture | null} */
    this.picture = null;
    /**
     * Images to paint on, kept while the places are: a new one each frame is garbage each frame.
     * @type {Paper | null}
     */
    this.paper = null;
    this.shape = "";
    /** @type {[Frame, (filter: number) => string] | null} */
    this.said = null;
    /** The first filter shown. */
    this.from = 0;
    new ResizeObserver(() => this.resize()).observe(root);
  }

  /** @param {Picture | null} picture */
  draw(picture) {
    this.picture = picture;
    this.root.classList.toggle("waiting", !picture);
    if (!picture) {
      if (!this.shape) this.arrange(USUAL_SHAPE);
      this.canvas.getContext("2d")?.clearRect(0, 0, this.canvas.width, this.canvas.height);
      return;
    }
    const { shape } = picture.frame.kernel;
    if (this.shape !== shape.join()) this.arrange(shape);
    this.number(picture.frame.from ?? 0);
    this.paint();
  }

  /** Of a part of a layer the first filter isn't number 1. @param {number} from */
  number(from) {
    if (this.from === from) return;
    this.from = from;
    this.tiles.forEach((tile, at) => {
      tile.dataset.filter = String(from + at);
      const number = tile.querySelector(".number");
      if (number) write(number, String(from + at + 1));
    });
    this.#hideNumbers();
  }

  /** New places for new filters. @param {Frame["kernel"]["shape"]} shape */
  arrange(shape) {
    this.shape = shape.join();
    this.paper = null;
    this.said = null;
    this.cell = cellOf(shape);
    this.setCount(shape[3]);
    this.resize();
  }

  resize() {
    if (!this.cell || !this.root.clientWidth) return;
    const { gap, height, columns, interactive, fit = fitTiles } = this.options;
    const caption = this.options.caption();
    const room = { width: this.root.clientWidth, height: height(this.root) };
    const best = fit({
      ...room,
      count: this.tiles.length,
      cellWidth: this.cell.width,
      cellHeight: this.cell.height,
      gap,
      caption,
      ratio: devicePixelRatio,
      columns: columns(this.tiles.length),
    });
    this.fit = interactive && coarse.matches ? spread(best, room, FINGER) : best;
    this.place(this.fit);
    if (this.said) this.caption(...this.said);
    if (this.picture) this.paint();
  }

  /** @param {import("../kernels/fit.js").Fit} fit */
  place(fit) {
    this.paper = null;
    const caption = this.options.caption();
    const width = fit.columns * (fit.width + fit.gapX) - fit.gapX;
    const height = fit.rows * (fit.height + fit.gapY) - fit.gapY + caption;
    this.canvas.width = Math.round(width * devicePixelRatio);
    this.canvas.height = Math.round(height * devicePixelRatio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.grid.style.width = `${width}px`;
    this.grid.style.setProperty("--tile", `${fit.height}px`);
    this.grid.style.setProperty("--caption", `${caption}px`);
    this.grid.style.gridTemplateColumns = `repeat(${fit.columns}, ${fit.width}px)`;
    this.grid.style.gap = `${fit.gapY - caption}px ${fit.gapX}px`;
    this.grid.style.setProperty("--reach", `${Math.min(FINGER / 8, fit.gapX / 2)}px`);
    this.root.style.minHeight = `${height}px`;
    this.root.classList.toggle("narrow", fit.width < 76);
    this.root.classList.toggle("tiny", fit.width < 26);
    this.root.classList.toggle("tight", fit.width < TIGHT);
    this.#hideNumbers();
  }

  /** Numbers that would run into the glyph beside them. */
  #hideNumbers() {
    const digits = String(this.from + this.tiles.length).length;
    const isCrowded = (this.fit?.width ?? TIGHT) < digits * DIGIT_WIDTH + GLYPH_WIDTH;
    this.root.classList.toggle("unnumbered", isCrowded);
  }

  paint() {
    const { picture, fit, cell } = this;
    const context = this.canvas.getContext("2d");
    if (!picture || !fit || !cell || !context) return;
    const { shape } = picture.frame.kernel;
    this.paper ??= paperOf(shape, fit, cell.width, this.canvas.width);
    const { image, sources, wide } = this.paper;
    paintAtlas(picture.frame.kernel, picture.limitOf, fit.columns, image);
    widen(image, sources, wide);
    resizeTo(apart, wide.width, wide.height).putImageData(wide, 0, 0);
    context.imageSmoothingEnabled = false;
    for (let row = 0; row < fit.rows; row++) {
      const top = Math.round(row * (fit.height + fit.gapY) * devicePixelRatio);
      context.drawImage(
        apart,
        0,
        row * cell.height,
        wide.width,
        cell.height,
        0,
        top,
        wide.width,
        Math.round(fit.height * devicePixelRatio),
      );
    }
  }

  /** @param {number} count */
  setCount(count) {
    while (this.tiles.length > count) this.tiles.pop()?.remove();
    while (this.tiles.length < count) {
      const tile = this.makeTile(this.from + this.tiles.length);
      this.tiles.push(tile);
      this.grid.append(tile);
    }
  }

  /** @param {number} filter */
  makeTile(filter) {
    const place = make("span", { class: "place" });
    if (!this.options.interactive)
      return make("div", { class: "tile", "data-filter": String(filter), "aria-hidden": "true" }, place);
    const caption = make(
      "span",
      { class: "caption", "aria-hidden": "true" },
      make("span", { class: "number" }, String(filter + 1)),
      make("span", { class: "word" }),
      icon("glyph-noise", "glyph"),
    );
    const properties = {
      class: "tile",
      type: "button",
      tabIndex: filter === this.from ? 0 : -1,
      "data-filter": String(filter),
      "aria-label": `filter ${filter + 1}`,
    };
    return make("button", properties, place, caption);
  }

  /**
   * Words, shapes and names under the tiles.
   * @param {Frame} frame
   * @param {(filter: number) => string} nameOf
   */
  caption(frame, nameOf) {
    this.said = [frame, nameOf];
    const broken = brokenIn(frame);
    const needed = this.options.roomy?.() ?? ROOMY;
    const roomy = (this.fit?.width ?? needed) >= needed;
    this.tiles.forEach((tile, at) => {
      const filter = this.from + at;
      const label = frame.verdicts?.label[filter];
      tile.classList.toggle("broken", broken.has(at));
      const word = /** @type {HTMLElement} */ (tile.querySelector(".word"));
      const said = broken.has(at) ? "no number" : (labelWord(frame, filter) ?? "");
      write(word, roomy ? said : (SHORT[said] ?? said));
      setGlyph(
        /** @type {SVGElement} */ (tile.querySelector(".glyph")),
        label,
        frame.verdicts?.orientation_degrees[filter],
      );
      const name = nameOf(filter);
      if (tile.ariaLabel !== name) tile.ariaLabel = name;
    });
  }

  /** @param {number | null} chosen */
  select(chosen) {
    const first = chosen === null || !this.tiles[chosen - this.from] ? this.from : chosen;
    this.tiles.forEach((tile, at) => {
      const filter = this.from + at;
      tile.classList.toggle("selected", filter === chosen);
      if (!this.options.interactive) return;
      tile.tabIndex = filter === first ? 0 : -1;
      if (filter === chosen) tile.setAttribute("aria-current", "true");
      else tile.removeAttribute("aria-current");
    });
  }
}

/** The filters of which a weight is NaN or infinite. @param {Frame} frame @returns {Set<number>} */
function brokenIn({ isBroken, kernel: { weights, shape } }) {
  const found = new Set();
  if (isBroken) weights.forEach((weight, at) => Number.isFinite(weight) || found.add(at % shape[3]));
  return found;
}

/**
 * @typedef {{image: ImageData, sources: Int32Array, wide: ImageData}} Paper
 * @param {Frame["kernel"]["shape"]} shape
 * @param {import("../kernels/fit.js").Fit} fit
 * @param {number} cellWidth
 * @param {number} width  of the canvas
 * @returns {Paper}
 */
function paperOf(shape, fit, cellWidth, width) {
  const image = emptyAtlas(shape, fit.columns);
  return {
    image,
    sources: sourcesOf(fit, cellWidth, devicePixelRatio, width),
    wide: new ImageData(Math.max(1, width), image.height),
  };
}

/** @param {HTMLCanvasElement} canvas @param {number} width @param {number} height */
function resizeTo(canvas, width, height) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}
