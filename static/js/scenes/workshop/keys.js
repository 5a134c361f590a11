// @ts-check
// Keys that hold anywhere in the workshop but where one writes words.

import { isMeant } from "../../control/letters.js";

/** What keeps its keys for itself. */
const WRITES = "input:not([type=range], [type=radio], [type=checkbox]), select, textarea";

/**
 * @typedef {object} Doing
 * @property {import("./bank.js").Bank} bank
 * @property {import("./slots.js").Slots} slots
 * @property {import("./begin.js").Begin} begin
 * @property {import("./sight.js").Sight} sight
 */

/** @param {HTMLElement} root @param {Doing} doing */
export function listenToShop(root, doing) {
  root.addEventListener("keydown", (event) => {
    if (event.target instanceof Element && event.target.matches(WRITES)) return;
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
    const done = isCommand ? command(event, doing) : number(event, doing);
    if (done) event.preventDefault();
  });
}

/** @param {KeyboardEvent} event @param {Doing} doing */
function command({ key, shiftKey }, { bank, slots, sight }) {
  const letter = key.toLowerCase();
  if (letter === "z" && sight.source.isDrawing) return (sight.source.choice.ink.undo(), true);
  if (letter === "z") return (shiftKey ? bank.redo() : bank.undo(), true);
  if (letter === "y") return (bank.redo(), true);
  if (getSelection()?.toString()) return false; // words are copied
  if (letter === "c") return slots.copy();
  if (letter === "v") return (slots.paste(), true);
  return false;
}

/** Digits press the chips, outside the cells. @param {KeyboardEvent} event @param {Doing} doing */
function number(event, { begin }) {
  if (event.altKey || event.defaultPrevented || !/^[1-9]$/.test(event.key) || !isMeant(event)) return false;
  begin.press(Number(event.key) - 1);
  return true;
}
