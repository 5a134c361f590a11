// @ts-check
// From frame to frame by the keys.

import { indexAt } from "../state/frames.js";
import { playhead } from "../state/selectors.js";

/**
 * From frame to frame, for every frame is a picture that existed.
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 * @param {number} by  frames; beyond either end is that end
 */
export function moveByFrames({ state }, commands, by) {
  const { frames } = state;
  if (!frames.length) return;
  const index = indexAt(frames, playhead(state)) + by;
  commands.lookAt(frames[Math.max(0, Math.min(frames.length - 1, index))].step);
}

/** @type {Record<string, number>} frames */
const KEYS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -5,
  PageUp: 5,
  Home: -Infinity,
  End: Infinity,
};

/**
 * @param {KeyboardEvent} event
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
export function moveByKey(event, store, commands) {
  if (!(event.key in KEYS)) return;
  event.preventDefault();
  moveByFrames(store, commands, KEYS[event.key]);
}
