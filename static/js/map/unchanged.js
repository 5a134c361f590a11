// @ts-check
// The cell in which nothing differs from the recipe that a sweep began with, if it is on the map.

/** @typedef {import("./model.js").Sweep} Sweep */

/** @param {Sweep} sweep @returns {number[] | null}  its place */
export function unchangedIn({ axes, base }) {
  const at = axes.map(({ field, values }) => {
    const own = valueAt(base, field);
    return values.findIndex((value) => value === own);
  });
  return at.includes(-1) ? null : at;
}

/** @param {unknown} recipe @param {string} field  as in `layers.0.weight_decay` @returns {unknown} */
const valueAt = (recipe, field) => field.split(".").reduce((part, name) => Object(part)[name], recipe);

/**
 * The first seed whose runs are there in both cells, and both have begun.
 * @param {Sweep} sweep
 * @param {number[]} at
 * @param {number[]} other
 * @returns {[string, string] | null}  their runs
 */
export function twinsOf({ cells }, at, other) {
  const [here, there] = [at, other].map((place) => cells.find((cell) => String(cell.at) === String(place)));
  for (const one of here?.seeds ?? []) {
    const twin = there?.seeds.find(({ seed }) => seed === one.seed);
    if (one.run && twin?.run && one.step > 0 && twin.step > 0) return [one.run, twin.run];
  }
  return null;
}
