// @ts-check
// The drawings of a class in one grid, each with what the network takes it for.

import { lecture } from "../net/lecture.js";
import { decodeArray, decodeShape } from "../net/typed_array.js";
import { make } from "../views/elements.js";
import { percent } from "../words/numbers.js";

/**
 * @typedef {import("../net/lecture.js").Drawings} Told
 * @typedef {import("../net/answers.js").DrawingsList["items"][number]} Drawing
 */

const [SMALLEST, LARGEST, GAP, CAPTION] = [34, 120, 10, 26];

export class Drawings {
  /** Whether drawings are collected, and of what. @type {Told | null} */
  told = null;
  /** @type {Drawing[]} */
  #items = [];
  #asks = false;
  /** It changed while it was asked for. */
  #isStale = false;
  /** What each element shows. @type {WeakMap<Element, Drawing>} */
  #shown = new WeakMap();

  /** @param {import("./leading.js").Leader} leader @param {(error: unknown) => void} complain */
  constructor(leader, complain) {
    this.leader = leader;
    this.complain = complain;
    this.root = make("section", { class: "present-drawings", "aria-label": "Drawings of the class" });
    new ResizeObserver(() => this.#fit()).observe(this.root);
  }

  /** @param {Told | null} told */
  hear(told) {
    if (told === this.told) return;
    this.told = told;
    if (told) this.#load();
    else this.#show([]);
  }

  /** One request at a time, whatever number of drawings comes. @returns {Promise<void>} */
  async #load() {
    this.#isStale = this.#asks;
    if (this.#asks) return;
    this.#asks = true;
    const list = await lecture.drawings(this.leader.id).catch(() => null);
    this.#asks = false;
    if (this.#isStale) return this.#load();
    if (list && this.told) this.#show(list.items);
  }

  /** @param {Drawing[]} items */
  #show(items) {
    this.#items = items;
    while (this.root.children.length > items.length) this.root.lastElementChild?.remove();
    items.forEach((item, at) => this.#put(item, at));
    this.#fit();
  }

  /** @param {Drawing} item @param {number} at */
  #put(item, at) {
    const before = this.root.children[at];
    const shown = before && this.#shown.get(before);
    if (shown && shown.number === item.number && shown.pixels.bdata === item.pixels.bdata) return;
    const words = `${item.name} ${percent(item.probability)}`;
    const caption = make(
      "span",
      { class: "drawing-name" },
      make("b", {}, item.name),
      ` ${percent(item.probability)}`,
    );
    const properties = {
      class: "drawing",
      type: "button",
      "aria-label": `Take drawing ${item.number} away: ${words}`,
    };
    const button = make("button", properties, painted(item.pixels), caption);
    button.onclick = () => this.#remove(item.number);
    this.#shown.set(button, item);
    if (before) before.replaceWith(button);
    else this.root.append(button);
  }

  /** @param {number} number */
  #remove(number) {
    lecture.remove(this.leader.id, number).catch(this.complain);
  }

  /** As large as all of them fit without scrolling. */
  #fit() {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (!width || !height || !this.#items.length) return;
    let size = LARGEST;
    const fits = () => {
      const columns = Math.floor((width + GAP) / (size + GAP));
      return Math.ceil(this.#items.length / columns) * (size + CAPTION + GAP) - GAP <= height;
    };
    while (size > SMALLEST && !fits()) size -= 2;
    this.root.style.setProperty("--drawing", `${size}px`);
  }
}

/** @param {Drawing["pixels"]} pixels */
function painted(pixels) {
  const spec = /** @type {import("../types.js").TypedArraySpec} */ (/** @type {unknown} */ (pixels));
  const [height, width, channels] = decodeShape(spec);
  const bytes = decodeArray(spec);
  const canvas = make("canvas", { width, height });
  const image = new ImageData(width, height);
  for (let at = 0; at < width * height; at++)
    for (let part = 0; part < 4; part++)
      image.data[4 * at + part] = part === 3 ? 255 : bytes[at * channels + (channels > 2 ? part : 0)];
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}
