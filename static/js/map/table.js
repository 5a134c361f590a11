// @ts-check
// The map as a table: a row a cell, for ears, for very small windows, and for whoever wants the numbers.

import { make } from "../views/elements.js";
import { meanOf, valuesOf } from "./model.js";
import { MEASURES, spreadWords, standingWords, underWords, valueWords } from "./words.js";

/** @typedef {import("./model.js").Measure} Measure */

/**
 * @param {import("./model.js").Sweep} sweep
 * @param {Map<string, import("./model.js").Seed[]>} shown
 * @param {Measure[]} measures
 */
export function makeTable({ axes, cells }, shown, measures) {
  const titles = [
    ...axes.map(({ title }) => title),
    ...measures.map((name) => MEASURES[name].title),
    "Notes",
  ];
  const head = make("tr", {}, ...titles.map((words) => make("th", { scope: "col" }, words)));
  const rows = cells.map((cell) => {
    const seeds = shown.get(cell.at.join("-")) ?? cell.seeds;
    const places = axes.map(({ words }, axis) => make("td", {}, words[cell.at[axis]]));
    const numbers = measures.map((name) => make("td", {}, numberWords(valuesOf(seeds, name), name)));
    const notes = [standingWords(seeds), noteOf(seeds)].filter(Boolean).join("; ");
    return make("tr", {}, ...places, ...numbers, make("td", {}, notes));
  });
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows));
}

/** @param {number[]} values @param {Measure} measure */
const numberWords = (values, measure) =>
  values.length ? `${valueWords(meanOf(values), measure)} (${spreadWords(values, measure)})` : "–";

/** @param {import("./model.js").Seed[]} seeds */
function noteOf(seeds) {
  const words = underWords(seeds, "edges");
  return words.includes(" of ") ? words : "";
}
