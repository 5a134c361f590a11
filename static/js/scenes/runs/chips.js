// @ts-check
// What differs in a run, as chips.

import { make } from "../../views/elements.js";
import { handle } from "./handle.js";
import { stateOf } from "./words.js";

/** @typedef {import("../../types.js").Run} Run */

const MOST_CHIPS = 3;

/**
 * What differs from its preset; before that what became of one that isn't finished, and of which sweep it is.
 * @param {Run} run
 * @param {string} sweep  its name
 */
export function chipsOf(run, sweep) {
  const state = stateOf(run);
  const isBad = run.status === "failed";
  const told = state ? [make("span", { class: isBad ? "runs-state bad" : "runs-state" }, state)] : [];
  if (sweep) told.push(sweepChip(sweep));
  if (isBad) return told;
  if (!run.differences) return [...told, quiet(run.recipe ? "its own recipe" : "its own network")];
  if (!run.differences.length) return [...told, quiet("as the preset")];
  const chips = run.differences
    .slice(0, MOST_CHIPS)
    .map(({ words }) => make("span", { class: "chip" }, words));
  const more = run.differences.slice(MOST_CHIPS);
  if (more.length) {
    const title = more.map(({ words }) => words).join(", ");
    chips.push(make("span", { class: "quiet runs-others", title }, `+${more.length}`));
  }
  return [...told, ...chips];
}

/** Leads to the map. @param {string} name */
function sweepChip(name) {
  const chip = handle("map", "");
  chip.classList.add("chip");
  chip.title = name;
  chip.setAttribute("aria-label", `The map of ${name}`);
  chip.append(make("span", { class: "runs-map-sign", "aria-hidden": "true" }), "sweep");
  return chip;
}

/** @param {string} words */
const quiet = (words) => make("span", { class: "quiet" }, words);
