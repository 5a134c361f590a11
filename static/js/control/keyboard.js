// @ts-check
// Keys: the whole page can be used without a mouse.

import { mainAction } from "../views/actions.js";
import { byId } from "../views/elements.js";

/** @typedef {import("../types.js").Commands} Commands */

/**
 * @param {import("../store.js").Store} store
 * @param {Commands} commands
 */
export function listenToKeys(store, commands) {
  /** @type {Record<string, () => void>} */
  const keys = {
    " ": () => pressMain(store, commands),
    ".": () => byId("step-button").click(),
    "?": () => byId("help").showModal(),
    r: () => commands.replay(),
    l: () => commands.lookLive(),
    d: () => store.dispatch({ type: "mode_chosen", mode: store.state.view.mode === "weights" ? "difference" : "weights" }),
    Escape: () => commands.escape(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (document.querySelector("dialog[open]") || !keys[key] || belongsToElement(event)) return;
    event.preventDefault();
    keys[key]();
  });
  byId("montage").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => moveAmongTiles(event, store, commands));
}

/** Typing and the space bar on a button are the element's own. @param {KeyboardEvent} event */
function belongsToElement(event) {
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (target.matches("select, textarea, input:not([type=radio])")) return true;
  return event.key === " " && target.matches("button:not(.tile), a, input, summary");
}

/** @param {import("../store.js").Store} store @param {Commands} commands */
function pressMain(store, commands) {
  const main = byId("main-button");
  if (main.ariaDisabled !== "true") commands[mainAction(store.state).command]();
}

/** @param {KeyboardEvent} event @param {import("../store.js").Store} store @param {Commands} commands */
function moveAmongTiles(event, store, commands) {
  const tiles = /** @type {HTMLElement[]} */ ([...byId("montage").querySelectorAll(".tile")]);
  const here = tiles.indexOf(/** @type {HTMLElement} */ (event.target));
  if (here < 0) return;
  if (event.key === "Enter") {
    event.preventDefault();
    commands.chooseFilter(here);
    return commands.openFilter();
  }
  const columns = getComputedStyle(/** @type {Element} */ (tiles[0].parentElement)).gridTemplateColumns.split(" ").length;
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
  commands.chooseFilter(tiles.indexOf(next));
  next.focus();
}
