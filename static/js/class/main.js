// @ts-check
// The light page: shows what the teacher shows; first what came with the page, then what is told.

import { cellOf, paintAtlas } from "../kernels/atlas.js";
import { decodeArray, decodeShape } from "../net/typed_array.js";
import { doing, headline, lineWords, spoken, under } from "./words.js";

/**
 * @typedef {import("./words.js").Shown} Shown
 * @typedef {import("../types.js").Kernel} Kernel
 */

/** The few largest weights may saturate, as on the whole page. */
const QUANTILE = 0.98;
/** More filters than these are smaller. */
const FEW = 20;

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} id @param {string} text  hidden where there is none */
function write(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === "";
}

/** What is known now, and the parts of the page that show it. */
class LightPage {
  /** @type {Shown} */
  shown = JSON.parse(document.body.dataset.shown ?? "{}");
  /** @type {Promise<import("./poll.js").Asked> | null} */
  #asked = null;
  /** @type {Promise<import("./pad.js").Pad> | null} */
  #pad = null;
  #wasLed = false;
  #wasLost = false;
  #limit = 0;
  #limited = "";
  /** @type {HTMLCanvasElement[]} */
  #tiles = [];
  /** @type {number | null} */
  #own = null;

  async draw() {
    const { place, snapshot } = this.shown;
    this.#wasLed ||= place !== null;
    write("headline", headline(this.shown));
    write("under", under(this.shown));
    write("doing", doing(this.shown, this.#wasLed));
    write("title", place ? "Following the teacher" : "Nobody leads");
    byId("filters").hidden = !snapshot;
    if (snapshot) this.#paint(snapshot, await kernelOf(snapshot));
    this.#ring();
  }

  /** @param {import("./words.js").Line} line */
  drawLine(line) {
    write("line", lineWords(line, this.#wasLost));
    this.#wasLost ||= line === "lost";
    byId("line").classList.toggle("warn", line !== "open");
  }

  /** What the teacher asks the class. @param {import("./poll_words.js").Poll | null} poll */
  async drawPoll(poll) {
    if (!poll && !this.#asked) return;
    this.#asked ??= import("./poll.js").then(({ Asked }) => {
      const hush = (/** @type {string} */ state) => (byId("seen").dataset.asked = state);
      const asked = new Asked(byId("asked"), hush, (filter) => this.#choose(filter));
      byId("filters").onclick = ({ target }) => asked.tap(this.#tiles.findIndex((tile) => tile === target));
      return asked;
    });
    (await this.#asked).draw(poll);
  }

  /** Whether and what the class draws. @param {import("./pad_words.js").Drawings | null} drawings */
  async drawDrawings(drawings) {
    if (!drawings && !this.#pad) return;
    this.#pad ??= import("./pad.js").then(({ Pad }) => new Pad(byId("drawn")));
    (await this.#pad).draw(drawings);
  }

  /** @param {import("./words.js").ShownFilters} snapshot @param {Kernel} kernel */
  #paint(snapshot, kernel) {
    const count = kernel.shape[3];
    this.#setCount(count);
    byId("filters").setAttribute("aria-label", spoken(snapshot, count));
    write("few", count < snapshot.filters ? `The first ${count} of ${snapshot.filters} filters.` : "");
    const { width, height } = cellOf(kernel.shape);
    const limit = this.#limitOf(`${this.shown.run?.id} ${snapshot.layer}`, kernel);
    const atlas = paintAtlas(kernel, () => limit);
    this.#tiles.forEach((tile, at) => {
      if (tile.width !== width) tile.width = width;
      if (tile.height !== height) tile.height = height;
      tile.getContext("2d")?.putImageData(atlas, -at * width, 0, at * width, 0, width, height);
    });
  }

  /** One scale for a layer, which grows and never shrinks. @param {string} layer @param {Kernel} kernel */
  #limitOf(layer, { weights }) {
    if (layer !== this.#limited) this.#limit = 0;
    this.#limited = layer;
    const sizes = weights.map(Math.abs).filter(Number.isFinite).sort();
    this.#limit = Math.max(this.#limit, sizes[Math.floor(QUANTILE * (sizes.length - 1))] ?? 0);
    return this.#limit;
  }

  /** @param {number} count */
  #setCount(count) {
    if (this.#tiles.length === count) return;
    this.#tiles = Array.from({ length: count }, () => document.createElement("canvas"));
    byId("filters").replaceChildren(...this.#tiles);
    byId("filters").classList.toggle("many", count > FEW);
  }

  /** The one that is somebody's own answer. @param {number | null} filter */
  #choose(filter) {
    this.#own = filter;
    this.#ring();
  }

  #ring() {
    const filter = this.#own ?? this.shown.place?.filter ?? null;
    this.#tiles.forEach((tile, at) => tile.classList.toggle("chosen", at === filter));
  }
}

/** @param {import("./words.js").ShownFilters} snapshot @returns {Promise<Kernel>} */
async function kernelOf({ kernel, kind }) {
  const told = { shape: decodeShape(kernel), weights: /** @type {Float32Array} */ (decodeArray(kernel)) };
  if (told.shape.length === 4 && !kind?.startsWith("depthwise")) return /** @type {Kernel} */ (told);
  const { laidOut } = await import("../kernels/laid_out.js");
  return laidOut(told, kind ?? "");
}

/** Not awaited where it is called: what follows may be joined with this module, and would wait for it. */
async function begin() {
  const page = new LightPage();
  await page.draw();
  performance.mark("filters shown");
  const { follow } = await import("./following.js");
  follow(page);
}

begin();
