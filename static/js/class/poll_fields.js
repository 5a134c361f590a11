// @ts-check
// By what one answers a question: a number with − and + and a slider, or one of some choices.

import { make } from "../views/elements.js";

/** @typedef {import("./poll_words.js").Poll} Poll */

/**
 * A number between − and + over a slider, or choices.
 * @param {Poll} poll
 * @param {(answer: number) => void} choose
 * @returns {HTMLElement[]}
 */
export function fieldsOf({ kind, most, choices }, choose) {
  if (kind === "choice") return choices.map((words, at) => choiceOf(words, at, choose));
  const from = kind === "filter" ? 1 : 0;
  const name = kind === "filter" ? "Number of the filter" : "Your answer";
  const ends = { min: String(from), max: String(most + from) };
  const number = make("input", {
    type: "number",
    class: "number",
    inputMode: "numeric",
    "aria-label": name,
    ...ends,
  });
  const range = make("input", { type: "range", "aria-label": `${name}, as a slider`, ...ends });
  for (const input of [number, range])
    input.oninput = () => input.value !== "" && choose(Number(input.value) - from);
  const step = (/** @type {number} */ by) => () => choose(Number(range.value) - from + by);
  const ticks = [0, 1, 2, 3, 4].map((at) => make("span", {}, String(from + Math.round((most * at) / 4))));
  return [
    make(
      "div",
      { class: "stepper" },
      stepOf("One less", "−", step(-1)),
      number,
      stepOf("One more", "+", step(1)),
    ),
    range,
    make("div", { class: "answer-ticks", "aria-hidden": "true" }, ...ticks),
  ];
}

/** @param {string} words @param {number} at @param {(answer: number) => void} choose */
function choiceOf(words, at, choose) {
  const input = make("input", { type: "radio", name: "choice", value: String(at) });
  input.onchange = () => choose(at);
  return make("label", { class: "choice" }, input, words);
}

/** @param {string} words @param {string} sign @param {() => void} onclick */
const stepOf = (words, sign, onclick) =>
  make("button", { type: "button", class: "button step", "aria-label": words, onclick }, sign);

/** @param {HTMLInputElement} field @param {Poll} poll @param {number | null} chosen */
export function setField(field, { kind }, chosen) {
  if (field.type === "radio") field.checked = Number(field.value) === chosen;
  else if (chosen !== null) {
    const value = String(chosen + Number(kind === "filter"));
    if (field.value !== value) field.value = value;
  }
}
