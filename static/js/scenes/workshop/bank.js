// @ts-check
// The bank one works at: its filters, which one is in the editor, undo, and what a network begins with.
//
// For whoever trains with it:
//   bank.shape, bank.name, bank.filled       [size, size, channels, slots], text, how many aren't empty
//   bank.kernels()                           Float32Array, HWIO, zeros where a slot is empty
//   bank.subscribe((bank) => …)              called after every change; gives what ends it
//   await bank.initializer(seed)             {type: "given", kernel}: `kernel_initializer` of a recipe; empty
//                                            slots are drawn at random, as the layer itself would draw them
//   bank.misfit(layer, channels)             null, or why the layer can't begin with it, and how it could

import { encodeFloats } from "../../net/typed_array.js";
import { emptyFilters, kernelOf, weightsAt, withCount } from "./edits.js";
import { History } from "./history.js";
import { drawRandom } from "./random.js";
import { withChannels, withSize } from "./reshaping.js";

/**
 * @typedef {import("./edits.js").Filters} Filters
 * @typedef {{type: "given", kernel: import("../../types.js").TypedArraySpec}} Given
 * @typedef {{sentence: string, mend: string, act: () => void}} Misfit  with the words of a button
 */

const DATA_ORDER = "height, width, channels, filters";

export class Bank {
  /** @type {History<Filters>} */
  #history;
  /** @type {Set<(bank: Bank) => void>} */
  #listeners = new Set();

  /** @param {Filters} [filters] */
  constructor(filters = emptyFilters(9, 3, 16)) {
    this.#history = new History(filters);
  }

  get filters() {
    return this.#history.now;
  }

  get name() {
    return this.filters.name;
  }

  /** HWIO @returns {[number, number, number, number]} */
  get shape() {
    const { size, channels, slots } = this.filters;
    return [size, size, channels, slots.length];
  }

  /** How many slots hold a filter. */
  get filled() {
    return this.filters.slots.filter(Boolean).length;
  }

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  /** @param {(bank: Bank) => void} listener @returns {() => void} */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Changes the filters; what follows with the same `key` is one change with it.
   * @param {(filters: Filters) => Filters} edit
   * @param {string} [key]
   */
  change(edit, key = "") {
    this.#history.put(edit(this.filters), key);
    this.#tell();
  }

  /** Begins anew with other filters, and nothing to undo. @param {Filters} filters */
  begin(filters) {
    this.#history = new History(filters);
    this.#tell();
  }

  /** Puts another slot into the editor, which isn't a change to be undone. @param {number} slot */
  choose(slot) {
    this.#history.seal();
    this.#history.now = { ...this.filters, chosen: slot };
    this.#tell();
  }

  /** Ends a stroke or a drag. */
  seal() {
    this.#history.seal();
  }

  undo() {
    this.#history.undo();
    this.#tell();
  }

  redo() {
    this.#history.redo();
    this.#tell();
  }

  /** All weights in HWIO order; zeros where a slot is empty. */
  kernels() {
    return kernelOf(this.filters);
  }

  /** The numbers in the editor: height, width, channels. */
  weights() {
    return weightsAt(this.filters);
  }

  /**
   * What a layer of this shape begins with. Empty slots are drawn at random by `glorot_uniform`.
   * @param {number} [seed]  of those
   * @param {typeof drawRandom} [draw]
   * @returns {Promise<Given>}
   */
  async initializer(seed = 0, draw = drawRandom) {
    const { shape } = this;
    const rest = this.filled < shape[3] ? await draw(shape, seed) : undefined;
    return { type: "given", kernel: encodeFloats(kernelOf(this.filters, rest), shape) };
  }

  /**
   * Why a conv layer can't begin with this bank, and what changes the bank so that it can.
   * @param {{kernel_size: number, filters: number}} layer
   * @param {number} channels  that come into it
   * @returns {Misfit | null}
   */
  misfit(layer, channels) {
    const wanted = [layer.kernel_size, layer.kernel_size, channels, layer.filters];
    if (wanted.join() === this.shape.join()) return null;
    const [here, there] = [this.shape, wanted].map((shape) => shape.join(" × "));
    const sentence = `This bank is ${here} (${DATA_ORDER}), and the network’s first layer takes ${there}.`;
    const act = () =>
      this.change((filters) => withCount(withChannels(withSize(filters, wanted[0]), channels), wanted[3]));
    return { sentence, mend: `Make the bank ${there}`, act };
  }

  #tell() {
    for (const listener of this.#listeners) listener(this);
  }
}
