// @ts-check
// The recipes that a trial compares: one network whose first filters come about in different ways.

/**
 * @typedef {import("../../types.js").Recipe} Recipe
 * @typedef {import("../../types.js").Conv2D} Conv2D
 * @typedef {import("../../types.js").Preset} Preset
 * @typedef {Conv2D["kernel_initializer"]} Start
 * @typedef {"learned" | "frozen" | "free" | "random"} Way  `frozen` and `free` are one's own filters
 */

const RULE = "glorot_uniform";
const LONGEST_NAME = 80;
/** For those whose first filters are nobody's. @type {{start: Start, name: string}} */
export const NOBODYS = { start: RULE, name: "" };
/** As the command line calls such runs. */
const ADDED = { frozen: "frozen", free: "free to learn", random: "frozen" };

/** The layer whose filters see the pixels. @param {Recipe} recipe @returns {Conv2D} */
export const firstLayer = (recipe) =>
  /** @type {Conv2D} */ (recipe.layers.find(({ type }) => type === "conv2d"));

/**
 * The recipe whose first filters come about in that way; all else stays, but the seed.
 * @param {Recipe} base
 * @param {Way} way
 * @param {{start: Start, name: string}} own  the filters of one's own, and what they are called
 * @param {number} seed
 * @returns {Recipe}
 */
export function recipeFor(base, way, { start, name }, seed) {
  const first = firstLayer(base);
  const drawn = typeof first.kernel_initializer === "string" ? first.kernel_initializer : RULE;
  const changed = {
    ...first,
    kernel_initializer: way === "frozen" || way === "free" ? start : drawn,
    trainable: way === "learned" || way === "free",
  };
  const whose = way === "random" ? "random filters" : name || "own filters";
  const added = way === "learned" ? "" : ` · ${whose}, ${ADDED[way]}`;
  return {
    ...base,
    name: base.name.slice(0, LONGEST_NAME - added.length).trimEnd() + added,
    layers: base.layers.map((layer) => (layer === first ? changed : layer)),
    seed,
  };
}

/** How a run's first filters came about. @param {Recipe} recipe @returns {Way} */
export function wayOf(recipe) {
  const { kernel_initializer: start, trainable } = firstLayer(recipe);
  if (typeof start === "string") return trainable ? "learned" : "random";
  return trainable ? "free" : "frozen";
}

/** Whether two recipes train the same to the last digit: only what they are called may differ. */
export const isSame = (/** @type {Recipe} */ one, /** @type {Recipe} */ other) =>
  ordered({ ...one, name: "" }) === ordered({ ...other, name: "" });

/** Whether their first filters begin alike. @param {Recipe} one @param {Recipe} other */
export const isSameStart = (one, other) =>
  ordered(firstLayer(one).kernel_initializer) === ordered(firstLayer(other).kernel_initializer);

/**
 * Whether two recipes are of one comparison: all but how the first filters come about is alike, and by which
 * rule they are drawn, where both draw them.
 * @param {Recipe} one
 * @param {Recipe} other
 */
export function isBeside(one, other) {
  const [drawn, rule] = [one, other].map((recipe) => firstLayer(recipe).kernel_initializer);
  const isOtherRule = typeof drawn === "string" && typeof rule === "string" && drawn !== rule;
  return !isOtherRule && isSame(anyhow(one), anyhow(other));
}

/**
 * The network with as many first filters, as large, as there are in the bank.
 * @param {Recipe} base
 * @param {number[]} shape  of the bank, HWIO
 */
export function withFilters(base, [size, , , count]) {
  const first = firstLayer(base);
  const changed = { ...first, kernel_size: size, filters: count };
  return { ...base, layers: base.layers.map((layer) => (layer === first ? changed : layer)) };
}

/**
 * Whether a run kept to its recipe: nobody gave it another learning rate on the way.
 * @param {Recipe} recipe
 * @param {number[]} rates  of every step
 */
export function keptItsRate({ optimizer }, rates) {
  const first = optimizer.learning_rate;
  const last = rates.length - 1;
  const slope = optimizer.schedule === "linear" && last > 0 ? (rates[last] - rates[0]) / last : 0;
  return rates.every((rate, at) => Math.abs(rate - first - slope * at) <= 1e-6 * first);
}

/** The recipe, however its first filters come about. @param {Recipe} recipe @returns {Recipe} */
function anyhow(recipe) {
  const first = firstLayer(recipe);
  const plain = { ...first, kernel_initializer: NOBODYS.start, trainable: true };
  return { ...recipe, seed: 0, layers: recipe.layers.map((layer) => (layer === first ? plain : layer)) };
}

/** Its keys in order, so that equal things read alike; nothing is as good as null. @param {unknown} value */
function ordered(value) {
  return JSON.stringify(value, (_, part) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, inner]) => inner !== null && inner !== undefined)
            .sort(([one], [other]) => (one < other ? -1 : 1)),
        )
      : part,
  );
}
