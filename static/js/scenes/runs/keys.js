// @ts-check
// The table by keys alone.

import { isMeant } from "../../control/letters.js";

/**
 * A letter only where letters are keys.
 * @param {(act: string) => void} act
 * @returns {Record<string, () => void>}
 */
const keysOf = (act) => ({
  Enter: () => act("open"),
  F2: () => act("rename"),
  n: () => act("note"),
  p: () => act("pin"),
  r: () => act("again"),
  s: () => act("map"),
  t: () => act("take"),
  Delete: () => act("delete"),
  Backspace: () => act("delete"),
  m: () => act("menu"),
  ContextMenu: () => act("menu"),
  "Shift+F10": () => act("menu"),
  Escape: () => act("clear"),
});

/**
 * @param {KeyboardEvent} event  on the table
 * @param {import("./grid.js").Grid} grid
 * @param {import("./ticks.js").Ticks} ticks
 * @param {(act: string) => void} act
 */
export function pressInGrid(event, grid, ticks, act) {
  if (event.altKey || event.defaultPrevented || event.target instanceof HTMLInputElement) return;
  if (event.ctrlKey || event.metaKey) {
    const found = { z: "undo", a: "all" }[event.key.toLowerCase()];
    if (!found || event.shiftKey) return;
    event.preventDefault();
    return act(found);
  }
  const to = targetOf(event.key, grid);
  const named = event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key;
  const found = keysOf(act)[event.key.length === 1 ? event.key.toLowerCase() : named];
  if (to !== undefined) {
    const from = grid.active;
    grid.move(to);
    if (event.shiftKey) ticks.range(from, grid.active);
  } else if (event.key === " ") ticks.turn(grid.active);
  else if (found && isMeant(event)) {
    if (event.key === "Escape" && !ticks.runs.length) return; // leads back, as everywhere
    if (!event.repeat) found(); // a key that is held would delete run after run
  } else return;
  event.preventDefault();
}

/** @param {string} key @param {import("./grid.js").Grid} grid */
function targetOf(key, { active: here, page, source }) {
  const last = source.count() - 1;
  /** @type {Record<string, number>} */
  const targets = {
    ArrowUp: here - 1,
    ArrowDown: here + 1,
    PageUp: here - page,
    PageDown: here + page,
    Home: 0,
    End: last,
  };
  return targets[key];
}
