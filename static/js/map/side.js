// @ts-check
// The side column: what the chosen cell's seeds came to, each with its filters and a way to its run.

import { make, write } from "../views/elements.js";
import { diverged, keyOf, meanOf, valuesOf } from "./model.js";
import { paintStrip } from "./strip.js";
import { cellSentence, placeWords, valueWords } from "./words.js";

/**
 * @typedef {import("./model.js").Seed} Seed
 * @typedef {import("../types.js").Kernel} Kernel
 * @typedef {{sweep: import("./model.js").Sweep, at: number[], seeds: Seed[] | undefined, best: number | null,
 *   kernels: Map<number, Kernel>, limit: number, why: string}} Shown
 */

export class Side {
  #drawn = "";
  /** @type {Map<number, HTMLCanvasElement>} */
  #strips = new Map();

  /** @param {import("./frame.js").Frame} frame @param {((run: string) => void) | null} open  none offline */
  constructor(frame, open) {
    this.frame = frame;
    this.open = open;
  }

  /** @param {Shown} shown */
  draw({ sweep, at, seeds, best, kernels, limit, why }) {
    write(this.frame.place, placeWords(sweep.axes, at));
    write(this.frame.sentence, seeds ? cellSentence(seeds, best) : `It can’t be: ${why}`);
    const key = JSON.stringify([sweep.id, keyOf(at), seeds]);
    if (key !== this.#drawn) this.#build(seeds ?? []);
    this.#drawn = key;
    for (const [seed, canvas] of this.#strips) paintStrip(canvas, kernels.get(seed) ?? null, limit);
  }

  /** @param {Seed[]} seeds */
  #build(seeds) {
    const focused = this.frame.seeds.contains(document.activeElement)
      ? document.activeElement?.getAttribute("data-seed")
      : null;
    this.#strips.clear();
    this.frame.seeds.replaceChildren(...seeds.map((seed) => this.#entry(seed)));
    if (focused)
      /** @type {HTMLElement | null} */ (this.frame.seeds.querySelector(`[data-seed="${focused}"]`))?.focus();
  }

  /** @param {Seed} seed */
  #entry(seed) {
    const canvas = make("canvas", { class: "map-strip empty", width: 1, height: 1, "aria-hidden": "true" });
    this.#strips.set(seed.seed, canvas);
    const numbers = make("span", { class: "map-numbers" }, numberWords(seed));
    return make("li", {}, make("span", { class: "map-seed" }, this.#name(seed), numbers), canvas);
  }

  /** @param {Seed} seed */
  #name({ seed, run }) {
    const words = `Seed ${seed}`;
    if (!run || !this.open) return make("span", {}, words);
    const { open } = this;
    return make(
      "button",
      { class: "link", type: "button", "data-seed": String(seed), onclick: () => open(run) },
      `Open seed ${seed}`,
    );
  }
}

/** @param {Seed} seed */
function numberWords(seed) {
  if (diverged(seed)) return "diverged";
  if (seed.status === "failed" || seed.status === "deleted") return seed.status;
  const told = /** @type {const} */ (["edges", "accuracy"]).filter((name) => seed[name] !== null);
  if (!told.length) return seed.status === "queued" ? "waits" : "begins";
  const words = { edges: "edges", accuracy: "right" };
  return told.map((name) => `${valueWords(seed[name], name)} ${words[name]}`).join(" · ");
}

/** The most right answers of any cell. @param {Iterable<Seed[]>} cells */
export function bestOf(cells) {
  const means = [...cells].map((seeds) => meanOf(valuesOf(seeds, "accuracy")));
  const known = /** @type {number[]} */ (means.filter((mean) => mean !== null));
  return known.length ? Math.max(...known) : null;
}
