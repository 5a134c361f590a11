// @ts-check
// Sliders of a Gabor (angle, wavelength, phase) and of a cosine wave.

import { byId, make, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";

/**
 * @typedef {import("./starts.js").Start} Start
 * @typedef {object} Slider
 * @property {string} name
 * @property {string} title
 * @property {(size: number) => [number, number, number]} range  least, most, step
 * @property {(start: Start, size: number) => number} value
 * @property {(start: Start, value: number, size: number) => Start} set
 * @property {(value: number) => string} words
 */

/**
 * @param {string} name
 * @param {string} title
 * @param {number} most
 * @param {(value: number) => string} words
 * @returns {Slider}
 */
const plain = (name, title, most, words) => ({
  name,
  title,
  range: (size) => [0, Math.min(most, name === "angle" || name === "phase" ? most : size - 1), 1],
  value: (start) => Number(/** @type {Record<string, unknown>} */ (start)[name]),
  set: (start, value) => ({ ...start, [name]: value }),
  words,
});

/** @param {number} value */
const degrees = (value) => `${value}°`;

/** @type {Record<string, Slider[]>} */
const SLIDERS = {
  gabor: [
    plain("angle", "Angle", 179, degrees),
    {
      name: "wave",
      title: "Wavelength",
      range: (size) => [2, 2 * size, 0.1],
      value: (start, size) => (start.kind === "gabor" ? start.wave * size : 0),
      set: (start, value, size) => (start.kind === "gabor" ? { ...start, wave: value / size } : start),
      words: (value) => `${fixed(value, 1)} px`,
    },
    plain("phase", "Phase", 359, degrees),
  ],
  dct: [plain("down", "Waves down", 10, halves), plain("right", "Waves across", 10, halves)],
};

/** @param {number} count  of half waves */
function halves(count) {
  return `${Math.floor(count / 2) || (count % 2 ? "" : "0")}${count % 2 ? "½" : ""}`;
}

export class Sliders {
  #kind = "";
  /** @type {HTMLInputElement[]} */
  #inputs = [];
  /** @type {Start | null} */
  #start = null;
  #size = 0;

  /** @param {(start: Start, name: string) => void} slid */
  constructor(slid) {
    this.slid = slid;
    this.root = byId("shop-sliders");
  }

  /** @param {Start | null} start @param {number} size */
  draw(start, size) {
    this.#start = start;
    this.#size = size;
    const sliders = SLIDERS[start?.kind ?? ""] ?? [];
    if ((start?.kind ?? "") !== this.#kind) this.#build(sliders);
    this.#kind = start?.kind ?? "";
    if (!start) return;
    sliders.forEach(({ range, value, words }, at) => {
      const input = this.#inputs[at];
      [input.min, input.max, input.step] = range(size).map(String);
      const now = value(start, size);
      if (Number(input.value) !== now) input.value = String(now);
      const said = words(now);
      write(/** @type {Element} */ (input.nextElementSibling), said);
      input.setAttribute("aria-valuetext", said);
    });
  }

  /** @param {Slider[]} sliders */
  #build(sliders) {
    this.#inputs = sliders.map((slider) => {
      const oninput = (/** @type {Event} */ { target }) => {
        const value = Number(/** @type {HTMLInputElement} */ (target).value);
        if (this.#start) this.slid(slider.set(this.#start, value, this.#size), slider.name);
      };
      return make("input", { type: "range", oninput });
    });
    this.root.replaceChildren(
      ...sliders.map(({ title }, at) =>
        make("label", {}, make("span", {}, title), this.#inputs[at], make("output")),
      ),
    );
  }
}
