// @ts-check
// The table by keys alone.

import { isMeant } from "../../control/letters.js";

/** Which act a key is for; a letter only where letters are keys. @type {Record<string, string>} */
const ACTS = {
  Enter: "open",
  F2: "rename",
  n: "note",
  p: "pin",
  r: "again",
  Delete: "delete",
  Backspace: "delete",
  ContextMenu: "menu",
  "Shift+F10": "menu",
  m: "menu",
  Escape: "clear",
};

/**
 * @param {KeyboardEvent} event  on the table
 * @param {import("./grid.js").Grid} grid
 * @param {import("./ticks.js").Ticks} ticks
 * @param {(act: string) => void} act
 */
export function pressInGrid(event, grid, ticks, act) {
  if (event.altKey || event.defaultPrevented || event.target instanceof HTMLInputElement) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== "z" || event.shiftKey) return;
    event.preventDefault();
    return act("undo");
  }
  const to = targetOf(event.key, grid);
  const named = event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key;
  const found = ACTS[event.key.length === 1 ? event.key.toLowerCase() : named];
  if (to !== undefined) {
    const from = grid.active;
    grid.move(to);
    if (event.shiftKey) ticks.range(from, grid.active);
  } else if (event.key === " ") ticks.turn(grid.active);
  else if (found && isMeant(event)) {
    if (found === "clear" && !ticks.runs.length) return; // leads back, as everywhere
    act(found);
  } else return;
  event.preventDefault();
}

/** @param {string} key @param {import("./grid.js").Grid} grid */
function targetOf(key, { active, page, source }) {
  /** @type {Record<string, number>} */
  const targets = {
    ArrowUp: active - 1,
    ArrowDown: active + 1,
    PageUp: active - page,
    PageDown: active + page,
    Home: 0,
    End: source.count() - 1,
  };
  return targets[key];
}
