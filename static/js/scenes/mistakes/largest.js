// @ts-check
// The largest mistakes as a list, where there is no room for the table.

import { byId, make } from "../../views/elements.js";
import { grouped } from "../../words/numbers.js";
import { cellNamed } from "./cell.js";
import { MOST_CLASSES } from "./matrix.js";
import { calledWords, largestMistakes } from "./words.js";

/** @typedef {import("../../net/answers.js").ConfusionAnswer} Confusion */

const MOST_LISTED = 10;

/** @type {Confusion | null} */
let drawn = null;

/** @param {Confusion} confusion @param {import("./cell.js").Cell | null} chosen */
export function drawLargest(confusion, chosen) {
  const list = byId("mistakes-largest");
  list.classList.toggle("always", confusion.class_names.length > MOST_CLASSES);
  if (confusion !== drawn) list.replaceChildren(...entriesOf(confusion));
  drawn = confusion;
  const named = chosen && cellNamed(chosen.label, chosen.taken);
  for (const button of list.querySelectorAll("[data-cell]"))
    button.setAttribute("aria-pressed", String(button.dataset.cell === named));
}

/** @param {Confusion} confusion */
function entriesOf({ class_names, matrix }) {
  return largestMistakes(matrix, MOST_LISTED).map(({ label, taken, count }) => {
    const words = `${calledWords(class_names, label, taken)} `;
    const number = make("span", { class: "number" }, grouped(count));
    const cell = cellNamed(label, taken);
    return make(
      "li",
      {},
      make("button", { class: "button", type: "button", "data-cell": cell }, words, number),
    );
  });
}
