// @ts-check
// The filters to choose from, as they are at the step looked at.

import { limitOf } from "../../kernels/limit.js";
import { streamedLayer } from "../../state/run.js";
import { judgedFrame } from "../../state/selectors.js";
import { byId } from "../../views/elements.js";
import { Montage } from "../../views/montage.js";
import { spokenFilter } from "../../words/filters.js";

const COLUMNS = 8;

export class Filters {
  /** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    const root = /** @type {HTMLElement} */ (byId("lens-filters"));
    this.montage = new Montage(root, {
      gap: 6,
      caption: () => 0,
      interactive: true,
      height: () => Infinity,
      columns: (count) => Math.min(count, COLUMNS * Math.ceil(count / 64)),
    });
    root.addEventListener("click", (event) => {
      const tile = event.target instanceof Element ? event.target.closest(".tile") : null;
      if (tile instanceof HTMLElement) this.#choose(Number(tile.dataset.filter));
    });
    root.addEventListener("keydown", (event) => this.#moveByKey(event));
  }

  /** @param {number} filter */
  #choose(filter) {
    const { state } = this.store;
    if (state.view.layer !== null) this.commands.chooseLayer(streamedLayer(state));
    this.commands.chooseFilter(filter);
  }

  /** @param {KeyboardEvent} event */
  #moveByKey(event) {
    const { tiles, fit } = this.montage;
    const here = tiles.indexOf(/** @type {HTMLElement} */ (event.target));
    const columns = fit?.columns ?? 1;
    /** @type {Record<string, number>} */
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const next = tiles[here + moves[event.key]];
    if (here < 0 || !next) return;
    event.preventDefault();
    this.#choose(here + moves[event.key]);
    next.focus();
  }

  /** @param {number} filter */
  draw(filter) {
    const frame = judgedFrame(this.store.state);
    if (!frame) return;
    const limit = limitOf(this.store.state.frames);
    this.montage.draw({ frame, limitOf: () => limit, origin: null });
    this.montage.caption(frame, (each) => spokenFilter(frame, each));
    this.montage.select(filter);
  }
}
