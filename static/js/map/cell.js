// @ts-check
// One cell of the map: its mean, a ring a seed, a few filters, and what stands against them.

import { make, write } from "../views/elements.js";
import { diverged, meanOf, standingOf, valuesOf } from "./model.js";
import { drawRings, makeRings } from "./rings.js";
import { paintStrip } from "./strip.js";
import { spokenCell, standingWords, underWords, valueWords } from "./words.js";

/**
 * @typedef {import("./model.js").Measure} Measure
 * @typedef {import("../types.js").Kernel} Kernel
 * @typedef {{seeds: import("./model.js").Seed[] | undefined, kernel: Kernel | null, limit: number,
 *   measure: Measure, best: number | null, why: string}} Content  best: right answers of any cell;
 *   why: it can't be
 */

/** So many points fewer right answers than the best cell has are called out. */
const FEWER_RIGHT = 0.15;

export class CellView {
  #drawn = "";
  /** @type {Kernel | null} */
  #kernel = null;
  #limit = 0;

  /** @param {import("./model.js").Axis[]} axes @param {number[]} at */
  constructor(axes, at) {
    this.axes = axes;
    this.at = at;
    this.value = make("b");
    this.rings = makeRings();
    this.strip = make("canvas", { class: "map-strip empty", width: 1, height: 1 });
    this.under = make("span", { class: "map-under" });
    this.standing = make("span", { class: "map-standing" });
    const head = make("span", { class: "map-head" }, this.value, this.rings);
    this.foot = make("span", { class: "map-foot" }, this.under, this.standing);
    const parts = [head, this.strip, this.foot];
    const inside = make("span", { class: "map-inside", "aria-hidden": "true" }, ...parts);
    this.root = make("div", { class: "map-cell", role: "gridcell", tabIndex: -1 }, inside);
  }

  /** @param {Content} content */
  draw({ seeds, kernel, limit, measure, best, why }) {
    const shown = seeds?.every(diverged) ? null : kernel; // of what broke, no weight says anything
    if (shown !== this.#kernel || limit !== this.#limit) {
      paintStrip(this.strip, shown, limit);
      [this.#kernel, this.#limit] = [shown, limit];
    }
    const spoken = spokenCell(this.axes, this.at, seeds, measure) + (why ? `: ${why}` : "");
    const key = JSON.stringify([spoken, seeds, best]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#write(seeds ?? [], measure, best);
    this.root.dataset.standing = standingOf(seeds);
    this.root.ariaLabel = spoken;
    this.root.title = why;
    write(this.standing, standingWords(seeds));
  }

  /** @param {import("./model.js").Seed[]} seeds @param {Measure} measure @param {number | null} best */
  #write(seeds, measure, best) {
    const mean = meanOf(valuesOf(seeds, measure));
    const right = meanOf(valuesOf(seeds, "accuracy"));
    const words = underWords(seeds, measure);
    const isFewer = best !== null && right !== null && best - right > FEWER_RIGHT;
    const isBad = words.includes("diverged") || (measure !== "accuracy" && isFewer);
    write(this.value, mean === null ? "" : valueWords(mean, measure));
    write(this.under, standingWords(seeds) === words ? "" : words);
    this.under.classList.toggle("broken", words.includes("diverged"));
    this.under.classList.toggle("bad", isBad && words !== "");
    this.foot.dataset.broken = String(seeds.filter(diverged).length);
    this.root.style.setProperty("--share", String(Math.max(0, Math.min(1, mean ?? 0)).toFixed(3)));
    drawRings(this.rings, seeds, measure);
  }

  /** @param {boolean} is  the one that the side column tells of */
  choose(is) {
    this.root.ariaSelected = String(is);
    this.root.tabIndex = is ? 0 : -1;
  }
}
