// @ts-check
// What each filter is worth, the dearest first: a list that one goes through by arrows.

import { paintAtlas } from "../../kernels/atlas.js";
import { filterOf } from "../../kernels/slices.js";
import { isOut } from "../../state/switched.js";
import { byId, icon, make, setGlyph } from "../../views/elements.js";
import { settingOf } from "../../views/filter_switch.js";
import { dropWords, spreadWords } from "./worth_words.js";

/**
 * @typedef {import("../../types.js").Frame} Frame
 * @typedef {import("../../state/switched.js").Switched} Switched
 * @typedef {import("../../net/answers.js").AblationAnswer} Ablation
 * @typedef {import("../../net/answers.js").AblatedFilter} AblatedFilter
 */

const SHORTEST = 0.01; // of a scale: less is not worth the whole width

export class Ranking {
  /** @type {unknown[]} */
  #drawn = [];

  /**
   * @param {(filter: number) => void} choose
   * @param {import("../../views/filter_switch.js").FilterSwitch} filterSwitch
   */
  constructor(choose, filterSwitch) {
    this.list = byId("mistakes-ranking");
    this.choose = choose;
    this.list.addEventListener("click", (/** @type {Event} */ { target }) => {
      const row = target instanceof Element ? target.closest("button") : null;
      if (row) choose(filterIn(row));
    });
    this.list.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (!(event.target instanceof HTMLElement) || !event.target.matches("button")) return;
      const setting = settingOf(event, filterSwitch.now);
      if (setting) filterSwitch.set(setting);
      else if (!this.#move(event)) return;
      event.preventDefault();
    });
  }

  /**
   * @param {Ablation | null} worth
   * @param {Frame | null} frame  of the same step and layer, or nothing new is drawn
   */
  fill(worth, frame) {
    if (worth && (frame?.step !== worth.step || frame.layer !== worth.layer)) return;
    if (this.#drawn[0] === worth && this.#drawn[1] === frame) return;
    this.#drawn = [worth, frame];
    const isWithin = this.list.contains(document.activeElement);
    const focused = isWithin ? filterIn(/** @type {HTMLElement} */ (document.activeElement)) : -1;
    this.list.replaceChildren(...(worth && frame ? rowsOf(worth, frame) : []));
    this.#rows.find((row) => filterIn(row) === focused)?.focus({ preventScroll: true });
  }

  /** @param {number} chosen @param {Switched | null} switched @param {string} layer */
  mark(chosen, switched, layer) {
    for (const row of this.#rows) {
      const filter = filterIn(row);
      row.setAttribute("aria-current", String(filter === chosen));
      row.tabIndex = filter === chosen ? 0 : -1;
      row.classList.toggle("out", isOut(switched, layer, filter));
    }
  }

  /** @returns {HTMLButtonElement[]} */
  get #rows() {
    return [...this.list.querySelectorAll("button")];
  }

  /** @param {KeyboardEvent} event  to the row above or below, which is chosen */
  #move({ key, target, shiftKey }) {
    const by = shiftKey ? 0 : key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (!by) return false;
    const rows = this.#rows;
    const next = rows[rows.findIndex((row) => row === target) + by];
    if (next) {
      this.choose(filterIn(next));
      next.focus();
    }
    return true;
  }
}

/** @param {HTMLElement} row */
const filterIn = (row) => Number(row.dataset.filter ?? -1);

/** The dearest first. @param {Ablation} worth */
export const ranked = ({ filters }) => [...filters].sort((one, other) => other.drop - one.drop);

/** @param {Ablation} worth @param {Frame} frame */
function rowsOf(worth, frame) {
  const longest = Math.max(...worth.filters.map(({ high }) => high), SHORTEST);
  return ranked(worth).map((one) => {
    const { filter } = one;
    const label = frame.verdicts?.label[filter];
    const glyph = icon("glyph-noise", "glyph");
    setGlyph(glyph, label, frame.verdicts?.orientation_degrees[filter] ?? 0);
    const row = make(
      "button",
      { type: "button", title: `${spreadWords(one)} in 95 of 100 draws` },
      make("b", {}, String(filter + 1)),
      tileOf(frame, filter),
      make("span", { class: "mistakes-label" }, glyph, label ?? ""),
      trackOf(one, longest),
      make("span", { class: "number" }, dropWords(one)),
    );
    row.dataset.filter = String(filter);
    return make("li", {}, row);
  });
}

/** @param {AblatedFilter} one @param {number} longest */
function trackOf({ drop, low, high }, longest) {
  const share = (/** @type {number} */ points) => (100 * Math.max(0, points)) / longest;
  const bar = make("span", { class: "mistakes-cost" });
  bar.style.width = `${share(drop)}%`;
  const spread = make("span", { class: "mistakes-spread" });
  spread.style.left = `${share(low)}%`;
  spread.style.width = `${share(high) - share(low)}%`;
  return make("span", { class: "mistakes-track", "aria-hidden": "true" }, bar, spread);
}

/** @param {Frame} frame @param {number} filter */
export function tileOf({ kernel }, filter) {
  const own = filterOf(kernel, filter);
  const limit = own.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const image = paintAtlas(own, () => limit);
  const canvas = make("canvas", { width: image.width, height: image.height, "aria-hidden": "true" });
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}
