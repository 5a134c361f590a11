// @ts-check
// What pictures of each class were taken for: a table, and its largest mistakes as a list.

import { byId, make, write } from "../../views/elements.js";
import { grouped, percent } from "../../words/numbers.js";
import { cellNamed } from "./cell.js";
import { calledWords, largestMistakes, shortNames } from "./words.js";

/**
 * @typedef {import("../../net/answers.js").ConfusionAnswer} Confusion
 * @typedef {import("./cell.js").Cell} Cell
 */

const MOST_CLASSES = 12;
const FULL = 0.2; // a share of a class from which on a mistake has all of its colour
const MOST_LISTED = 10;

/** @type {Confusion | null} */
let drawn = null;

/** @param {Confusion} confusion @param {Cell | null} chosen */
export function drawMatrix(confusion, chosen) {
  byId("mistakes-said").hidden = false;
  const table = /** @type {HTMLTableElement} */ (byId("mistakes-matrix"));
  if (confusion !== drawn) {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.cell;
    table.hidden = confusion.class_names.length > MOST_CLASSES;
    table.replaceChildren(...(table.hidden ? [] : [headOf(confusion), bodyOf(confusion)]));
    byId("mistakes-largest").replaceChildren(...largestOf(confusion));
    if (focused) focusOn(focused);
  }
  drawn = confusion;
  const named = chosen && cellNamed(chosen.label, chosen.taken);
  for (const cell of byId("mistakes-said").querySelectorAll("[data-cell]"))
    cell.setAttribute("aria-pressed", String(cell.dataset.cell === named));
}

/** @param {string} cell */
function focusOn(cell) {
  const found = byId("mistakes-largest").querySelector(`[data-cell="${cell}"]`);
  if (found instanceof HTMLElement) found.focus({ preventScroll: true });
}

/** @param {Confusion} confusion */
function headOf({ class_names }) {
  const names = shortNames(class_names).map((short, at) =>
    make("th", { scope: "col", title: class_names[at] }, make("span", {}, short)),
  );
  return make("thead", {}, make("tr", {}, make("td"), ...names, make("th", { scope: "col" }, "right")));
}

/** @param {Confusion} confusion */
function bodyOf({ class_names, matrix }) {
  const rows = matrix.map((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count, taken) => cellOf({ label, taken }, count, total, class_names));
    const right = total ? percent(row[label] / total) : "–";
    const name = make("th", { scope: "row", title: class_names[label] }, class_names[label]);
    return make("tr", {}, name, ...cells, make("td", { class: "number" }, right));
  });
  return make("tbody", {}, ...rows);
}

/**
 * Pressed by a pointer; the keyboard has the list below, which is shorter.
 * @param {Cell} cell
 * @param {number} count
 * @param {number} total
 * @param {string[]} names
 */
function cellOf({ label, taken }, count, total, names) {
  const isRight = label === taken;
  const place = make("td", { class: isRight ? "right" : "wrong" });
  if (!count) return place;
  const share = total ? count / total : 0;
  place.style.setProperty("--share", `${Math.round(45 * Math.min(1, isRight ? share : share / FULL))}%`);
  if (isRight) {
    write(place, grouped(count));
    return place;
  }
  const says = `${calledWords(names, label, taken)}: ${grouped(count)}`;
  const button = make("button", { type: "button", tabIndex: -1, title: says, "aria-label": says });
  button.dataset.cell = cellNamed(label, taken);
  write(button, grouped(count));
  place.append(button);
  return place;
}

/** @param {Confusion} confusion */
function largestOf({ class_names, matrix }) {
  return largestMistakes(matrix, MOST_LISTED).map(({ label, taken, count }) => {
    const words = `${calledWords(class_names, label, taken)} `;
    const number = make("span", { class: "number" }, grouped(count));
    const button = make("button", { class: "button plain", type: "button" }, words, number);
    button.dataset.cell = cellNamed(label, taken);
    return make("li", {}, button);
  });
}
