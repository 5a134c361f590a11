// @ts-check
// Runs side by side in numbers.

import { make } from "../../views/elements.js";
import { fixed, grouped, percent } from "../../words/numbers.js";
import { agoOf, rightOf } from "./words.js";

/** @typedef {import("../../types.js").Run} Run */

/** What runs are called on charts. */
export const LETTERS = "ABCDEFGHIJKL";
const COLUMNS = ["Name", "Differs", "Edges", "Edge score", "Right", "Error", "Steps", "Seed", "When"];

/** @param {Run[]} runs @param {boolean} isLettered */
export function tableOf(runs, isLettered) {
  const head = COLUMNS.map((title) => make("th", { scope: "col" }, title));
  const rows = runs.map((run, at) => make("tr", {}, ...cellsOf(run, isLettered ? LETTERS[at] : "")));
  return make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows));
}

/** @param {Run} run @param {string} letter */
function cellsOf(run, letter) {
  const { filters, metrics, described } = run;
  const share = (/** @type {number | null | undefined} */ value) => (value == null ? "–" : percent(value));
  const number = (/** @type {number | null | undefined} */ value) => (value == null ? "–" : fixed(value));
  const differs = run.differences?.map(({ words }) => words).join(", ") || "–";
  const texts = [
    ...[differs, share(filters?.oriented), number(filters?.score), share(rightOf(run))],
    ...[number(metrics.validation_loss ?? metrics.loss), grouped(run.step), String(described.seed ?? "–")],
    agoOf(Date.parse(run.created_at), Date.now()),
  ];
  const name = make("th", { scope: "row" }, ...(letter ? [`${letter} `] : []), make("bdi", {}, run.name));
  return [name, ...texts.map((text) => make("td", {}, text))];
}
