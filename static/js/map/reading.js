// @ts-check
// What the address says of a map, read for the sweep that is shown; and how far its runs are.

import { hasEnded, isOfOneLength, keyOf, panelsOf } from "./model.js";

/**
 * @typedef {import("./model.js").Sweep} Sweep
 * @typedef {import("./chooser.js").Choice & {cell?: string, moment?: string}} Details
 */

/** The chosen cell, or the first. @param {Details} details @param {Sweep} sweep
 * @param {import("./model.js").Layout} layout */
export function chosenIn({ cell }, sweep, layout) {
  const places = panelsOf(sweep.axes, layout).flatMap(({ rows }) => rows.flat());
  return places.find((at) => keyOf(at) === cell) ?? places[0];
}

/** Steps of each run, or null where they differ. @param {Sweep} sweep */
export const totalOf = (sweep) => (isOfOneLength(sweep.cells) ? sweep.total_steps : null);

/** @param {Details} details @param {Sweep} sweep */
export function momentIn({ moment }, sweep) {
  if (!moment || !/^\d{1,7}(\.\d{1,4})?$/.test(moment)) return null;
  const total = totalOf(sweep);
  const value = total === null ? Math.min(1, Number(moment)) : Math.round(Number(moment));
  return value >= (total ?? 1) ? null : value;
}

/** How far the runs are on average, 0 to 1. @param {Sweep} sweep */
export function reachedBy({ cells }) {
  const all = cells.flatMap(({ seeds }) => seeds);
  const done = all.reduce(
    (sum, seed) => sum + (hasEnded(seed) ? 1 : Math.min(1, seed.step / (seed.total_steps || 1))),
    0,
  );
  return all.length ? done / all.length : 0;
}

/** @param {Sweep & {base?: {layers?: object[]}}} sweep */
export function filtersOf({ base, axes }) {
  if (axes.some(({ field }) => field.endsWith(".filters"))) return null;
  const [first] = /** @type {{filters?: number}[]} */ (base?.layers ?? []).filter(
    (layer) => "filters" in layer,
  );
  return first?.filters ?? null;
}
