// @ts-check
// From filter to filter by the keys, and into the one chosen.

import { byId } from "../views/elements.js";

/** @typedef {import("../types.js").Commands} Commands */

/** @param {KeyboardEvent} event @param {import("../store.js").Store} store @param {Commands} commands */
export function moveAmongTiles(event, store, commands) {
  const tiles = /** @type {HTMLElement[]} */ ([...byId("montage").querySelectorAll(".tile")]);
  const here = tiles.indexOf(/** @type {HTMLElement} */ (event.target));
  if (here < 0 || event.shiftKey) return;
  if (event.key === "Enter") {
    event.preventDefault();
    commands.chooseFilter(Number(tiles[here].dataset.filter));
    return commands.openFilter();
  }
  const columns = getComputedStyle(/** @type {Element} */ (tiles[0].parentElement)).gridTemplateColumns.split(
    " ",
  ).length;
  /** @type {Record<string, number>} */
  const targets = {
    ArrowLeft: here - 1,
    ArrowRight: here + 1,
    ArrowUp: here - columns,
    ArrowDown: here + columns,
    Home: 0,
    End: tiles.length - 1,
  };
  const next = tiles[targets[event.key]];
  if (!(event.key in targets)) return;
  event.preventDefault();
  if (!next) return;
  commands.chooseFilter(Number(next.dataset.filter));
  next.focus();
}
