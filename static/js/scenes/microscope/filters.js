// @ts-check
// The filters to choose from, as they are at the step looked at.

import { limitOf } from "../../kernels/limit.js";
import { streamedLayer } from "../../state/run.js";
import { judgedFrame } from "../../state/selectors.js";
import { byId } from "../../views/elements.js";
import { Montage } from "../../views/montage.js";
import { spokenFilter } from "../../words/filters.js";

const COLUMNS = 8;

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function createFilters(store, commands) {
  const root = byId("lens-filters");
  const montage = new Montage(root, {
    gap: 6,
    caption: () => 0,
    interactive: true,
    height: () => Infinity,
    columns: (count) => Math.min(count, COLUMNS * Math.ceil(count / 64)),
  });

  /** @param {number} filter */
  function choose(filter) {
    if (store.state.view.layer !== null) commands.chooseLayer(streamedLayer(store.state));
    commands.chooseFilter(filter);
  }

  root.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const tile = event.target instanceof Element ? event.target.closest(".tile") : null;
    if (tile instanceof HTMLElement) choose(Number(tile.dataset.filter));
  });
  root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const here = montage.tiles.indexOf(/** @type {HTMLElement} */ (event.target));
    const columns = montage.fit?.columns ?? 1;
    /** @type {Record<string, number>} */
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const next = montage.tiles[here + moves[event.key]];
    if (here < 0 || !next) return;
    event.preventDefault();
    choose(here + moves[event.key]);
    next.focus();
  });

  return {
    /** @param {number} filter */
    draw(filter) {
      const frame = judgedFrame(store.state);
      if (!frame) return;
      const limit = limitOf(store.state.frames);
      montage.draw({ frame, limitOf: () => limit, origin: null });
      montage.caption(frame, (each) => spokenFilter(frame, each));
      montage.select(filter);
    },
  };
}
