// @ts-check
// The first filters of runs as small pictures: asked for by the dozen, painted once, kept.

import { paintAtlas, cellOf } from "../../kernels/atlas.js";
import { laidOut } from "../../kernels/laid_out.js";
import { quantileOf, sizeHistogram } from "../../kernels/quantile.js";
import { runTable } from "../../net/run_table.js";
import { decodeArray, decodeShape } from "../../net/typed_array.js";

/**
 * @typedef {import("../../types.js").Run} Run
 * @typedef {import("../../net/answers.js").FilterStrip} Told
 * @typedef {{image: HTMLCanvasElement, width: number, height: number, count: number}} Painted
 */

const QUANTILE = 0.98; // the few largest weights may saturate
const AT_ONCE = 60;
const MOST_KEPT = 1500;
const GAP = 2;

/** Another snapshot has other filters. @param {Run} run */
const keyOf = (run) => `${run.id} ${run.last_seq}`;

export class Strips {
  /** Painted when they are first looked at: most of a table that is scrolled through never are.
   * @type {Map<string, Told | Painted | null>} */
  #kept = new Map();
  #isAsking = false;
  /** @type {Run[]} */
  #wanted = [];

  /** @param {number} filters  how many of each run @param {() => void} changed */
  constructor(filters, changed) {
    this.filters = filters;
    this.changed = changed;
  }

  /** Those of a run; null where it has none, undefined until they are there. @param {Run} run */
  of(run) {
    const key = keyOf(run);
    const kept = this.#kept.get(key);
    if (!kept || "image" in kept) return kept;
    const painted = paintedOf(kept, this.filters);
    this.#kept.set(key, painted);
    return painted;
  }

  /** @param {Run[]} runs  whose rows are looked at */
  need(runs) {
    this.#wanted = runs.filter((run) => !this.#kept.has(keyOf(run)));
    this.#ask();
  }

  async #ask() {
    const runs = this.#wanted.slice(0, AT_ONCE);
    if (this.#isAsking || !runs.length) return;
    this.#isAsking = true;
    const ids = runs.map(({ id }) => id);
    const told = await runTable.strips(ids, this.filters).catch(() => null);
    this.#isAsking = false;
    if (!told) return; // the next look asks again
    const found = new Map(told.strips.map((strip) => [strip.run, strip]));
    for (const run of runs) {
      this.#kept.set(keyOf(run), found.get(run.id) ?? null);
    }
    for (const old of this.#kept.keys()) if (this.#kept.size > MOST_KEPT) this.#kept.delete(old);
    this.changed();
    this.need(this.#wanted);
  }
}

/** @param {Told} strip @param {number} most */
function paintedOf({ kernel: told, kind }, most) {
  const weights = /** @type {Float32Array} */ (decodeArray(told));
  const kernel = laidOut({ shape: decodeShape(told), weights }, kind ?? "");
  const limit = quantileOf(sizeHistogram(weights), QUANTILE);
  const image = document.createElement("canvas");
  const pixels = paintAtlas(kernel, () => limit);
  [image.width, image.height] = [pixels.width, pixels.height];
  image.getContext("2d")?.putImageData(pixels, 0, 0);
  const { width, height } = cellOf(kernel.shape);
  return { image, width, height, count: Math.min(most, kernel.shape[3]) };
}

/**
 * Draws filters of so many pixels side by side; less where a row has no room for all.
 * @param {HTMLCanvasElement} canvas
 * @param {Painted | null | undefined} painted
 * @param {number} size  of a filter, in pixels of the page
 * @param {number} count
 */
export function drawStrip(canvas, painted, size, count) {
  const scale = Math.max(1, Math.round(devicePixelRatio));
  const width = (count * (size + GAP) - GAP) * scale;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== size * scale) canvas.height = size * scale;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (!painted) return;
  context.imageSmoothingEnabled = false;
  const { image, width: w, height: h } = painted;
  for (let at = 0; at < Math.min(count, painted.count); at++)
    context.drawImage(image, at * w, 0, w, h, at * (size + GAP) * scale, 0, size * scale, size * scale);
}
