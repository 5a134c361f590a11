// @ts-check
// Keys and pointer on the cells of a filter.

import { isOfNumber, weightIn } from "./words.js";

/** @typedef {import("./editor.js").Editor} Editor */

const NUDGE = 0.05;
/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @param {HTMLElement} cells @param {Editor} editor */
export function listenToCells(cells, editor) {
  cells.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !press(event, editor)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  cells.addEventListener("focusout", () => editor.endTyping());
  listenToStrokes(cells, editor);
}

/**
 * Does what a key is for.
 * @param {KeyboardEvent} event
 * @param {Editor} editor
 * @returns {boolean} whether it is for anything
 */
function press({ key, shiftKey }, editor) {
  const move = MOVES[key];
  if (move && shiftKey && move[0]) editor.nudge(-move[0] * NUDGE);
  else if (move && !shiftKey) editor.move(...move);
  else if (isOfNumber(key)) editor.type((editor.typed ?? "") + key);
  else if (key === "Backspace" || key === "Delete") erase(editor);
  else if (key === "Home" || key === "End") editor.move(0, key === "Home" ? -Infinity : Infinity);
  else if (key === "Enter" && editor.typed !== null) end(editor);
  else if (key === "Escape" && editor.typed !== null) editor.cancelTyping();
  else return false;
  return true;
}

/** @param {Editor} editor */
function end(editor) {
  editor.endTyping();
  editor.draw();
}

/** The last of what was typed, or the whole number. @param {Editor} editor */
function erase(editor) {
  const left = editor.typed?.slice(0, -1);
  if (left && weightIn(left) !== null) return editor.type(left);
  editor.endTyping();
  editor.type("0");
  editor.endTyping();
  editor.draw();
}

/**
 * A drag carries the number of the cell it begins in along.
 * @param {HTMLElement} cells
 * @param {Editor} editor
 */
function listenToStrokes(cells, editor) {
  /** @type {number | null} */
  let carried = null;
  cells.addEventListener("pointerdown", (event) => {
    const cell = editor.grid.cellAt(event.clientX, event.clientY);
    if (event.button !== 0 || !cell) return;
    event.preventDefault();
    cells.setPointerCapture(event.pointerId);
    editor.go(cell);
    editor.draw();
    editor.grid.focus(cell);
    carried = editor.value();
    editor.bank.seal();
  });
  cells.addEventListener("pointermove", (event) => {
    if (carried === null) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const { clientX, clientY } of all.length ? all : [event]) {
      const cell = editor.grid.cellAt(clientX, clientY);
      if (cell && cell.join() !== editor.cell.join()) editor.paint(cell, carried);
    }
  });
  for (const kind of ["pointerup", "pointercancel"])
    cells.addEventListener(kind, () => {
      carried = null;
      editor.bank.seal();
    });
}
