// @ts-check
// What the filter in the editor begins with: chips, and sliders of those that have something to slide.

import { SMALLEST } from "../../kernels/hand_made.js";
import { byId, make, write } from "../../views/elements.js";
import { filledWith, withSlot, withStart } from "./edits.js";
import { drawRandom } from "./random.js";
import { Sliders } from "./sliders.js";
import { makeStart } from "./starts.js";
import { paintFilter } from "./tile.js";

/**
 * @typedef {import("./starts.js").Start} Start
 * @typedef {{title: string, start: Start}} Chip
 */

/** @type {Chip[]} */
const CHIPS = [
  { title: "Sobel ↕", start: { kind: "sobel_down" } },
  { title: "Sobel ↔", start: { kind: "sobel_right" } },
  { title: "Prewitt", start: { kind: "prewitt" } },
  { title: "Laplacian", start: { kind: "laplacian" } },
  { title: "Blur", start: { kind: "blur" } },
  { title: "Sharpen", start: { kind: "sharpen" } },
  { title: "Gabor", start: { kind: "gabor", angle: 30, wave: 0.9, phase: 0 } },
  { title: "DCT", start: { kind: "dct", down: 1, right: 1 } },
];
const ICON = { size: 5, channels: 1 };
const RANDOM = "random";

export class Begin {
  /** The start of what is in the editor, if one channel of it alone was begun. @type {Start | null} */
  #partly = null;
  /** @type {Float32Array | null} */
  #made = null;
  #seed = 0;
  problem = "";

  /**
   * @param {import("./bank.js").Bank} bank
   * @param {() => number | null} channel  that is edited
   * @param {{open: () => void}} learned
   */
  constructor(bank, channel, learned) {
    this.bank = bank;
    this.channel = channel;
    this.sliders = new Sliders((start, name) => this.#begin(start, `slid ${name}`));
    const starts = CHIPS.map(({ title, start }) => makeChip(title, iconOf(start), () => this.#begin(start)));
    this.random = makeChip("Random", null, () => this.#drawRandom());
    this.learned = makeChip("Learned…", null, () => learned.open());
    this.chips = starts;
    byId("shop-gabors").onclick = () => this.fill("gabor");
    byId("shop-dct").onclick = () => this.fill("dct");
    byId("shop-chips").replaceChildren(...starts, this.random, this.learned);
  }

  /** @param {Start} start @param {string} [key] */
  #begin(start, key = "") {
    const channel = this.channel();
    this.problem = "";
    this.bank.change(
      (filters) => withStart(filters, start, channel),
      key && `${key} ${this.bank.filters.chosen}`,
    );
    this.#partly = start;
    this.#made = this.bank.weights();
  }

  /** Another draw at each click. */
  async #drawRandom() {
    const { bank } = this;
    const { chosen } = bank.filters;
    const [shape, channel] = [bank.shape, this.channel()];
    try {
      const all = await drawRandom(shape, this.#seed++);
      if (bank.shape.join() !== shape.join()) return;
      const old = bank.filters.slots[chosen]?.weights;
      const weights = Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, at) =>
        channel === null || shape[2] === 1 || at % shape[2] === channel
          ? all[at * shape[3] + chosen]
          : (old?.[at] ?? 0),
      );
      bank.change((filters) => withSlot(filters, { weights, label: RANDOM, start: null }, chosen));
      this.problem = "";
    } catch (error) {
      this.problem = `No random filter could be drawn: ${/** @type {Error} */ (error).message}`;
      this.draw();
    }
  }

  /** What the sliders are about. @returns {Start | null} */
  #current() {
    const { slots, chosen } = this.bank.filters;
    return slots[chosen]?.start ?? (this.#made === this.bank.weights() ? this.#partly : null);
  }

  /**
   * Every slot, with a bank that the server knows too.
   * @param {import("../../kernels/hand_made.js").BankName} name
   */
  fill(name) {
    this.bank.change((filters) => filledWith(filters, name));
  }

  /** The nth chip. @param {number} at */
  press(at) {
    const chip = /** @type {HTMLButtonElement | undefined} */ (byId("shop-chips").children[at]);
    chip?.click();
  }

  draw() {
    const { size, slots, chosen } = this.bank.filters;
    const current = this.#current();
    const isTiny = size < SMALLEST;
    this.chips.forEach((chip, at) => {
      chip.ariaPressed = String(current?.kind === CHIPS[at].start.kind);
      chip.disabled = isTiny;
    });
    for (const id of ["shop-gabors", "shop-dct"]) byId(id).disabled = isTiny;
    this.random.ariaPressed = String(slots[chosen]?.label === RANDOM);
    this.sliders.draw(current, size);
    const why = isTiny ? `Below ${SMALLEST} × ${SMALLEST} there is no direction to speak of.` : "";
    write(byId("shop-begin-note"), this.problem || why);
  }
}

/** @param {string} title @param {HTMLCanvasElement | null} icon @param {() => void} onclick */
function makeChip(title, icon, onclick) {
  return make("button", { class: "button", type: "button", onclick }, ...(icon ? [icon] : []), title);
}

/** @param {Start} start */
function iconOf(start) {
  const canvas = make("canvas", { "aria-hidden": "true" });
  const { weights } = makeStart(start, ICON.size, ICON.channels, 16);
  paintFilter(canvas, weights, ICON, 20);
  return canvas;
}
