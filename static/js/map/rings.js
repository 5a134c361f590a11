// @ts-check
// The spread of a cell: a ring a seed on a line from 0 to 100 %, a cross at the end for one that diverged.

import { shape } from "../charts/svg.js";
import { diverged } from "./model.js";

const [WIDTH, HEIGHT, RADIUS] = [60, 12, 3];
/** Where 0 and 1 lie, so that whole rings fit. */
const [FROM, TO] = [RADIUS + 1, WIDTH - RADIUS - 1];

/** @param {number} share */
const placeOf = (share) => FROM + Math.max(0, Math.min(1, share)) * (TO - FROM);

export function makeRings() {
  return shape("svg", {
    class: "map-rings",
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    width: WIDTH,
    height: HEIGHT,
    "aria-hidden": "true",
  });
}

/**
 * @param {Element} svg
 * @param {import("./model.js").Seed[]} seeds
 * @param {import("./model.js").Measure} measure
 */
export function drawRings(svg, seeds, measure) {
  const rings = seeds.flatMap((seed) => {
    const value = seed[measure];
    if (diverged(seed)) return [cross()];
    return value === null ? [] : [ring(value)];
  });
  const middle = HEIGHT / 2;
  const line = shape("path", { class: "map-line", d: `M${FROM} ${middle}H${TO}` });
  svg.replaceChildren(line, ...rings);
}

/** @param {number} value */
const ring = (value) =>
  shape("circle", { class: "map-ring", cx: placeOf(value).toFixed(1), cy: HEIGHT / 2, r: RADIUS });

function cross() {
  const [x, y, arm] = [FROM, HEIGHT / 2, 2.5];
  const d = `M${x - arm} ${y - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`;
  return shape("path", { class: "map-cross", d });
}
