// @ts-check
// Keys of the offline page: the scrubber from everywhere, the filters by arrows, R replays.

import { indexAt } from "../state/frames.js";
import { playhead, shownFrames } from "../state/selectors.js";
import { byId } from "../views/elements.js";

/**
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
export function listenToKeys(store, commands) {
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (
      document.querySelector("dialog[open]") ||
      (target instanceof Element && target.matches("input, select, summary"))
    )
      return;
    const key = event.key.toLowerCase();
    if (key === "r") commands.replay();
    else if (key === "escape") commands.chooseFilter(null);
    else if (key === "arrowleft" || key === "arrowright") turn(store, commands, key === "arrowleft" ? -1 : 1);
    else return;
    event.preventDefault();
  });
  byId("montage").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) =>
    moveAmongTiles(event, commands),
  );
}

/**
 * One frame on or back.
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 * @param {number} by
 */
function turn(store, commands, by) {
  const frames = shownFrames(store.state);
  const index = Math.max(0, Math.min(frames.length - 1, indexAt(frames, playhead(store.state)) + by));
  commands.lookAt(frames[index].step);
}

/** @param {KeyboardEvent} event @param {import("../control/commands.js").Looking} commands */
function moveAmongTiles(event, commands) {
  const tiles = /** @type {HTMLElement[]} */ ([...byId("montage").querySelectorAll(".tile")]);
  const here = tiles.indexOf(/** @type {HTMLElement} */ (event.target));
  if (here < 0) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    commands.chooseFilter(here);
    return commands.openFilter();
  }
  const columns = getComputedStyle(/** @type {Element} */ (tiles[0].parentElement)).gridTemplateColumns.split(
    " ",
  ).length;
  /** @type {Record<string, number>} */
  const moves = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    Home: -here,
    End: tiles.length - 1 - here,
  };
  if (!(event.key in moves)) return;
  event.preventDefault();
  const next = here + moves[event.key];
  if (!tiles[next]) return;
  commands.chooseFilter(next);
  tiles[next].focus();
}
