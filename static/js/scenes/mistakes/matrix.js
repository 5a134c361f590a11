// @ts-check
// What pictures of each class were taken for: a table that one goes through by arrows.

import { byId, make } from "../../views/elements.js";
import { grouped, percent } from "../../words/numbers.js";
import { cellNamed } from "./cell.js";
import { calledWords, largestMistakes, shortNames } from "./words.js";

/**
 * @typedef {import("../../net/answers.js").ConfusionAnswer} Confusion
 * @typedef {import("./cell.js").Cell} Cell
 */

export const MOST_CLASSES = 12;
const FULL = 0.2; // a share of a class from which on a mistake has all of its colour
const STRONGEST = 45; // per cent of a colour, on which digits are still read
/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** @type {Confusion | null} */
let drawn = null;

/** @param {Confusion} confusion @param {Cell | null} chosen */
export function drawMatrix(confusion, chosen) {
  const table = /** @type {HTMLTableElement} */ (byId("mistakes-matrix"));
  table.hidden = confusion.class_names.length > MOST_CLASSES;
  if (confusion !== drawn) {
    const focused = table.contains(document.activeElement) ? nameOf(document.activeElement) : "";
    table.replaceChildren(...(table.hidden ? [] : [headOf(confusion), bodyOf(confusion)]));
    cellOf(table, focused)?.focus({ preventScroll: true });
  }
  drawn = confusion;
  const [largest] = largestMistakes(confusion.matrix, 1);
  const marked = chosen ?? largest ?? { label: 0, taken: 0 };
  const named = chosen && cellNamed(chosen.label, chosen.taken);
  for (const cell of /** @type {NodeListOf<HTMLElement>} */ (table.querySelectorAll("[data-cell]"))) {
    cell.setAttribute("aria-selected", String(nameOf(cell) === named));
    cell.tabIndex = nameOf(cell) === cellNamed(marked.label, marked.taken) ? 0 : -1;
  }
}

/**
 * To the next cell by arrows; Enter or a click shows its pictures.
 * @param {(cell: string) => void} choose
 */
export function listenToMatrix(choose) {
  const table = /** @type {HTMLTableElement} */ (byId("mistakes-matrix"));
  table.addEventListener("click", ({ target }) => {
    const cell = target instanceof Element ? target.closest("[data-cell].wrong:not(.none)") : null;
    if (cell) choose(nameOf(cell));
  });
  table.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || !target.dataset.cell) return;
    if (key === "Enter" || key === " ") target.click();
    else if (MOVES[key] && !event.shiftKey) moveFrom(table, target, MOVES[key]);
    else return;
    event.preventDefault();
  });
}

/** @param {HTMLTableElement} table @param {HTMLElement} from @param {[number, number]} by */
function moveFrom(table, from, [down, right]) {
  const [label, taken] = nameOf(from).split("-").map(Number);
  const next = cellOf(table, cellNamed(label + down, taken + right));
  if (!next) return;
  from.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

/** @param {Element | null} cell */
const nameOf = (cell) => (cell instanceof HTMLElement && cell.dataset.cell) || "";

/** @param {HTMLTableElement} table @param {string} name @returns {HTMLElement | null} */
const cellOf = (table, name) => table.querySelector(`[data-cell="${name}"]`);

/** @param {Confusion} confusion */
function headOf({ class_names }) {
  const names = shortNames(class_names).map((short, at) =>
    make("th", { scope: "col", title: class_names[at] }, short),
  );
  return make("thead", {}, make("tr", {}, make("td"), ...names, make("th", { scope: "col" }, "right")));
}

/** @param {Confusion} confusion */
function bodyOf({ class_names, matrix }) {
  const short = shortNames(class_names);
  const rows = matrix.map((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count, taken) => makeCell({ label, taken }, count, total, class_names));
    const right = total ? percent(row[label] / total) : "–";
    const name = make(
      "th",
      { scope: "row", title: class_names[label] },
      make("span", { class: "long" }, class_names[label]),
      make("span", { class: "short" }, short[label]),
    );
    return make("tr", {}, name, ...cells, make("td", { class: "number" }, right));
  });
  return make("tbody", {}, ...rows);
}

/**
 * @param {Cell} cell
 * @param {number} count
 * @param {number} total
 * @param {string[]} names
 */
function makeCell({ label, taken }, count, total, names) {
  const isRight = label === taken;
  const says = isRight ? `${names[label]}, right` : calledWords(names, label, taken);
  const place = make("td", {
    class: `${isRight ? "right" : "wrong"}${count ? "" : " none"}${count < 5 ? " few" : ""}`,
    title: `${says}: ${grouped(count)}`,
    "aria-label": `${says}: ${grouped(count)}`,
    "data-cell": cellNamed(label, taken),
  });
  const share = total ? count / total : 0;
  const strength = Math.min(1, isRight ? share : share / FULL);
  place.style.setProperty("--share", `${Math.round(STRONGEST * strength)}%`);
  if (count) place.append(make("span", {}, grouped(count)));
  return place;
}
