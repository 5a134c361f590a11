// @ts-check
// Filters that a network learned, as starts: of the run on the stage at the step one looks at, or of another.

import { filterOf } from "../../kernels/slices.js";
import { api } from "../../net/api.js";
import { decodeArray, decodeShape } from "../../net/typed_array.js";
import { judgedFrame } from "../../state/selectors.js";
import { byId, make, write } from "../../views/elements.js";
import { withKernel, withSlot } from "./edits.js";
import { cut, recoloured } from "./reshaping.js";
import { drawRuns } from "./runs.js";
import { paintFilter } from "./tile.js";
import { fittedWords, unfit } from "./words.js";

/**
 * @typedef {import("../../types.js").Kernel} Kernel
 * @typedef {import("../../types.js").State} State
 */

const TILE = 36;

export class Learned {
  isOpen = false;
  problem = "";
  /** Of runs that aren't on the stage. @type {Map<string, Kernel>} */
  #fetched = new Map();
  /** @type {Kernel | null} */
  #shown = null;
  #run = "";

  /**
   * @param {import("../../store.js").Store} store
   * @param {import("./bank.js").Bank} bank
   * @param {() => void} redraw
   */
  constructor(store, bank, redraw) {
    this.store = store;
    this.bank = bank;
    this.redraw = redraw;
    this.root = byId("shop-learned");
    this.select = byId("shop-run");
    this.select.onchange = () => this.#choose(this.select.value);
    byId("shop-take").onclick = () => this.take();
  }

  open() {
    this.isOpen = !this.isOpen;
    if (this.isOpen && !this.#run) this.#choose(this.store.state.run?.id ?? this.#others()[0]?.id ?? "");
    this.redraw();
  }

  #others() {
    return this.store.state.runs.filter(({ filters, step }) => filters && step > 0);
  }

  /** @param {string} id */
  async #choose(id) {
    this.#run = id;
    this.problem = "";
    const run = this.store.state.runs.find((one) => one.id === id);
    this.redraw();
    if (!run || id === this.store.state.run?.id || this.#fetched.has(id)) return;
    try {
      const { kernel } = await api.snapshot(id, "latest", run.layers[0]);
      const shape = /** @type {Kernel["shape"]} */ (decodeShape(kernel));
      this.#fetched.set(id, { shape, weights: /** @type {Float32Array} */ (decodeArray(kernel)) });
    } catch (error) {
      this.problem = `Its filters could not be fetched: ${/** @type {Error} */ (error).message}`;
    }
    this.redraw();
  }

  /** The first layer of the chosen run. @param {State} state @returns {Kernel | null} */
  #kernel(state) {
    if (state.run && (this.#run === state.run.id || !this.#run)) {
      return state.frames.length ? (judgedFrame(state)?.kernel ?? null) : null;
    }
    return this.#fetched.get(this.#run) ?? null;
  }

  /** All of them, in place of the bank. */
  take() {
    const kernel = this.#kernel(this.store.state);
    if (!kernel || unfit(kernel.shape)) {
      this.isOpen = false;
      return this.open();
    }
    this.bank.change((filters) => withKernel(filters, kernel, (at) => `learned ${at + 1}`));
  }

  /** One of them, into the editor. @param {number} at */
  #begin(at) {
    const kernel = /** @type {Kernel} */ (this.#shown);
    const [own, , from] = kernel.shape;
    this.bank.change((filters) => {
      const { weights } = filterOf(kernel, at);
      const fitted = recoloured(cut(weights, own, filters.size, from), from, filters.channels);
      return withSlot(filters, { weights: fitted, label: `learned ${at + 1}`, start: null });
    });
  }

  /** @param {State} state */
  draw(state) {
    this.root.hidden = !this.isOpen;
    const kernel = this.#kernel(state);
    const count = kernel?.shape[3];
    write(byId("shop-take"), count ? `Take the learned ${count}` : "Take learned ones");
    if (!this.isOpen) return;
    drawRuns(this.select, state, this.#others(), this.#run);
    const why = kernel ? unfit(kernel.shape) : "";
    write(byId("shop-learned-words"), this.problem || why || this.#words(kernel, state));
    const shown = why ? null : kernel;
    if (shown !== this.#shown) this.#drawTiles(shown);
    this.#shown = shown;
  }

  /** @param {Kernel | null} kernel @param {State} state */
  #words(kernel, state) {
    if (kernel) return fittedWords(kernel.shape, this.bank.filters);
    if (!this.select.options.length) return "No network has been trained yet. Start one on the live page.";
    return state.run && !state.frames.length ? "One moment: the run is getting ready." : "One moment.";
  }

  /** @param {Kernel | null} kernel */
  #drawTiles(kernel) {
    const tiles = Array.from({ length: kernel?.shape[3] ?? 0 }, (_, at) => {
      const canvas = make("canvas", { "aria-hidden": "true" });
      const { shape, weights } = filterOf(/** @type {Kernel} */ (kernel), at);
      paintFilter(canvas, weights, { size: shape[0], channels: shape[2] }, TILE);
      const onclick = () => this.#begin(at);
      return make(
        "button",
        { type: "button", "aria-label": `Begin with learned filter ${at + 1}`, onclick },
        canvas,
      );
    });
    byId("shop-learned-filters").replaceChildren(...tiles);
  }
}
