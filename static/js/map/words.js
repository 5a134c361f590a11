// @ts-check
// What a map says: of itself, of a cell, of a seed.

import { grouped, percent, fixed, capital } from "../words/numbers.js";
import { diverged, meanOf, standingOf, valuesOf } from "./model.js";

/**
 * @typedef {import("./model.js").Axis} Axis
 * @typedef {import("./model.js").Measure} Measure
 * @typedef {import("./model.js").Seed} Seed
 * @typedef {import("./model.js").Sweep} Sweep
 */

/** @type {Record<Measure, {title: string, short: string, subject: string, plural: boolean}>} */
export const MEASURES = {
  edges: { title: "Edges or lines", short: "edges", subject: "edges", plural: true },
  score: { title: "Edge score", short: "score", subject: "the edge score", plural: false },
  accuracy: { title: "Right answers", short: "right", subject: "right answers", plural: true },
};

/** @param {number | null} value @param {Measure} measure */
export const valueWords = (value, measure) =>
  value === null ? "–" : measure === "score" ? fixed(value) : percent(value);

/** @param {number} count @param {string} one @param {string} [more] */
export const counted = (count, one, more = `${one}s`) => `${grouped(count)} ${count === 1 ? one : more}`;

/** The settings of a place: `lr 0.01, decay 0.02`. @param {Axis[]} axes @param {number[]} at
 * @param {number} [but]  an axis to leave out */
export const placeWords = (axes, at, but = -1) =>
  axes
    .map(({ words }, axis) => (axis === but ? "" : words[at[axis]]))
    .filter(Boolean)
    .join(", ");

/** What is short under a cell's strip. @param {Seed[]} seeds @param {Measure} measure  the one shown above */
export function underWords(seeds, measure) {
  const broken = seeds.filter(diverged).length;
  if (broken) return broken === seeds.length ? "diverged" : `${broken} of ${seeds.length} diverged`;
  const other = measure === "accuracy" ? "edges" : "accuracy";
  const mean = meanOf(valuesOf(seeds, other));
  return mean === null ? "" : `${valueWords(mean, other)} ${MEASURES[other].short}`;
}

/** @type {Record<ReturnType<typeof standingOf>, string>} */
const STANDINGS = {
  impossible: "can’t be",
  failed: "failed",
  training: "trains",
  waiting: "waits",
  partly: "waits for its next seed",
  done: "",
};

/** @param {Seed[] | undefined} seeds */
export const standingWords = (seeds) =>
  seeds?.length && seeds.every(diverged) ? "diverged" : STANDINGS[standingOf(seeds)];

/**
 * A cell for ears.
 * @param {Axis[]} axes
 * @param {number[]} at
 * @param {Seed[] | undefined} seeds
 * @param {Measure} measure
 */
export function spokenCell(axes, at, seeds, measure) {
  const place = placeWords(axes, at);
  const standing = standingWords(seeds);
  if (!seeds) return `${place}: ${standing}`;
  const values = valuesOf(seeds, measure);
  const told = values.length
    ? `${valueWords(meanOf(values), measure)} ${MEASURES[measure].short}, ${spreadWords(values, measure)}`
    : "nothing yet";
  return [`${place}: ${told}`, underWords(seeds, measure), standing]
    .filter((part, index, all) => part && all.indexOf(part) === index)
    .join("; ");
}

/** @param {number[]} values @param {Measure} measure */
export function spreadWords(values, measure) {
  if (values.length < 2) return "one seed";
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => valueWords(value, measure));
  const seeds = `${values.length} seeds`;
  return least === most ? `all ${seeds} alike` : `${seeds} from ${least} to ${most}`;
}

/** Edges and answers need not go together. */
const [MANY_EDGES, FEW_RIGHT] = [0.5, 0.15];

/**
 * The sentence on the chosen cell.
 * @param {Seed[]} seeds
 * @param {number | null} best  the most right answers of any cell
 */
export function cellSentence(seeds, best) {
  const [edges, accuracy] = [meanOf(valuesOf(seeds, "edges")), meanOf(valuesOf(seeds, "accuracy"))];
  if (edges === null)
    return seeds.every(diverged)
      ? "All its runs diverged: nothing can be said."
      : "Nothing is known of it yet.";
  const told = `${percent(edges)} edges or lines`;
  if (accuracy === null) return `${told}.`;
  const right = `${percent(accuracy)} right answers`;
  if (best !== null && edges >= MANY_EDGES && best - accuracy > FEW_RIGHT)
    return `${told}, yet only ${right}. Edges alone do not name a picture.`;
  return `${told}, ${right}.`;
}

/** What isn't proved. @param {Sweep} sweep @param {number | null} filters  of the first layer */
export function doubtWords({ seeds }, filters) {
  const many = `${capital(seedsWords(seeds.length))}${filters ? ` of ${counted(filters, "filter")}` : ""}`;
  const grain = filters
    ? `one filter more or less is ${fixed(100 / filters / seeds.length, 1)} % of a cell.`
    : "";
  const rest = "Another data set or network may show another map.";
  return `${many}: ${grain || "cells that lie close are alike."} ${rest}`;
}

/** @param {number} count */
const seedsWords = (count) => (count === 1 ? "one seed" : `${count} seeds`);
