// @ts-check
// Keys: the whole page can be used without a mouse.

import { mainAction } from "../views/actions.js";
import { edgeMoment } from "../state/moments.js";
import { currentFrame, hasEnded } from "../state/selectors.js";
import { byId } from "../views/elements.js";
import { isMeant, mountLetters } from "./letters.js";
import { moveAmongTiles } from "./tile_keys.js";
import { moveByFrames } from "../views/frame_keys.js";

/** @typedef {import("../types.js").Commands} Commands */

/**
 * @param {import("../store.js").Store} store
 * @param {Commands} commands
 */
export function listenToKeys(store, commands) {
  mountLetters();
  const keys = keysOf(store, commands);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const named = event.shiftKey ? `Shift+${event.key}` : event.key;
    const key = event.key.length === 1 ? event.key.toLowerCase() : named;
    if (document.querySelector("dialog[open]") || !keys[key] || !isMeant(event) || belongsToElement(event))
      return;
    event.preventDefault();
    keys[key]();
  });
  byId("montage").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) =>
    moveAmongTiles(event, store, commands),
  );
}

/**
 * What each key does.
 * @param {import("../store.js").Store} store
 * @param {Commands} commands
 * @returns {Record<string, () => void>}
 */
const keysOf = (store, commands) => ({
  " ": () => pressMain(store, commands),
  ".": () => byId("step-button").click(),
  "?": () => showKeys(),
  r: () => commands.replay(),
  f: () => commands.lookAt(0),
  l: () => commands.lookLive(),
  e: () => {
    const moment = edgeMoment(store.state);
    if (moment) commands.lookAt(moment.step);
  },
  d: () => {
    const mode = store.state.view.mode === "weights" ? "difference" : "weights";
    store.dispatch({ type: "mode_chosen", mode });
  },
  o: () => commands.openScene("own"),
  w: () => byId("file-input").click(),
  u: () => byId("network-fold").click(),
  "[": () => document.getElementById("network-back")?.click(),
  "]": () => document.getElementById("network-next")?.click(),
  Escape: () => commands.escape(),
  ArrowLeft: () => turn(store, commands, -1),
  ArrowRight: () => turn(store, commands, 1),
  "Shift+ArrowLeft": () => moveByFrames(store, commands, -1),
  "Shift+ArrowRight": () => moveByFrames(store, commands, 1),
});

function showKeys() {
  byId("help").showModal();
  byId("help-part").querySelector("[value=keyboard]").click();
}

/** Typing and the space bar on a button are the element's own. @param {KeyboardEvent} event */
function belongsToElement(event) {
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (target.matches("select, textarea, input:not([type=radio])")) return true;
  if (event.key.startsWith("Arrow")) return !event.shiftKey && target.matches("input, [role=slider]");
  return event.key === " " && target.matches("button:not(.tile), a, input, summary");
}

/**
 * Starts, pauses, resumes; a film that has ended is played, and nothing is started by that.
 * @param {import("../store.js").Store} store
 * @param {Commands} commands
 */
function pressMain(store, commands) {
  if (store.state.view.scene === "build") return; // what it shows is trained by Ctrl Enter, and nothing else
  if (hasEnded(store.state)) return commands.replay();
  const main = byId("main-button");
  if (main.ariaDisabled !== "true") mainAction(store.state).act(commands);
}

/**
 * From the large filter to the next.
 * @param {import("../store.js").Store} store
 * @param {Commands} commands
 * @param {number} by
 */
export function turn({ state }, commands, by) {
  const count = currentFrame(state)?.kernel.shape[3] ?? 0;
  if (state.view.scene === "filter" && count)
    commands.chooseFilter(((state.view.filter ?? 0) + by + count) % count);
}
