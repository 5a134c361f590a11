// @ts-check
// A sweep as a map: which cell lies where, and what its seeds came to.

/**
 * @typedef {import("../net/answers.js").Sweep} Sweep
 * @typedef {import("../net/answers.js").SweepAxis} Axis
 * @typedef {import("../net/answers.js").CellOfSweep} Cell
 * @typedef {import("../net/answers.js").SeedOfCell} Seed  One run of a cell.
 * @typedef {"edges" | "score" | "accuracy"} Measure
 *
 * @typedef {{down: number | null, across: number, third: number | null, slice: number | null}} Layout
 *   which axis goes which way, and at which value of the third one looks; null at all, side by side
 * @typedef {{words: string, rows: number[][][]}} Panel  rows of `at` at one value of the third, by its name
 */

/** @param {number[]} at */
export const keyOf = (at) => at.join("-");

/** Statuses of runs that have come to an end. */
const ENDED = new Set(["finished", "stopped", "failed", "deleted"]);

/** @param {Pick<Seed, "status">} seed */
export const hasEnded = ({ status }) => ENDED.has(status);

/** @param {Pick<Seed, "error">} seed */
export const diverged = ({ error }) => error === "diverged";

/**
 * The first axis goes across, the second down, each value of a third is a small map, unless it is said.
 * @param {number} count  of axes
 * @param {{down?: number, across?: number, slice?: number}} [asked]
 * @returns {Layout}
 */
export function layoutOf(count, { down, across, slice } = {}) {
  const known = (/** @type {number | undefined} */ axis) => axis !== undefined && axis >= 0 && axis < count;
  const right = known(across) ? Number(across) : down === 0 && count > 1 ? 1 : 0;
  if (count === 1) return { down: null, across: 0, third: null, slice: null };
  const others = Array.from({ length: count }, (_, axis) => axis).filter((axis) => axis !== right);
  const below = known(down) && down !== right ? Number(down) : others[0];
  const [third = null] = others.filter((axis) => axis !== below);
  return { down: below, across: right, third, slice: third === null ? null : (slice ?? null) };
}

/**
 * The cells as they lie: one map, or a small one for each value of a third axis.
 * @param {Axis[]} axes
 * @param {Layout} layout
 * @returns {Panel[]}
 */
export function panelsOf(axes, layout) {
  const { third, slice } = layout;
  if (third === null) return [{ words: "", rows: rowsAt(axes, layout, 0) }];
  const { values, words } = axes[third];
  const places = slice === null ? [...values.keys()] : [Math.max(0, Math.min(values.length - 1, slice))];
  return places.map((place) => ({ words: words[place], rows: rowsAt(axes, layout, place) }));
}

/** All rows, those of small maps joined as they lie side by side. @param {Panel[]} panels */
export const joined = (panels) => panels[0].rows.map((_, row) => panels.flatMap(({ rows }) => rows[row]));

/** @param {Axis[]} axes @param {Layout} layout @param {number} deep  which value of the third */
function rowsAt(axes, { down, across, third }, deep) {
  const rows = down === null ? [0] : [...axes[down].values.keys()];
  return rows.map((row) =>
    axes[across].values.map((_, column) => {
      const at = axes.map(() => 0);
      at[across] = column;
      if (down !== null) at[down] = row;
      if (third !== null) at[third] = deep;
      return at;
    }),
  );
}

/** Values of the seeds that can be counted: those that didn't diverge. @param {Seed[]} seeds
 * @param {Measure} measure */
export function valuesOf(seeds, measure) {
  const values = seeds.filter((seed) => !diverged(seed)).map((seed) => seed[measure]);
  return /** @type {number[]} */ (values.filter((value) => value !== null));
}

/** @param {number[]} values */
export const meanOf = (values) =>
  values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null;

/**
 * How a cell stands, the most telling first.
 * @param {Seed[] | undefined} seeds
 * @returns {"impossible" | "failed" | "training" | "waiting" | "done" | "partly"}
 */
export function standingOf(seeds) {
  if (!seeds) return "impossible";
  if (seeds.every((seed) => hasEnded(seed) && (seed.status === "failed" || seed.status === "deleted")))
    return "failed";
  if (seeds.some(({ status }) => status === "running" || status === "stopping")) return "training";
  if (seeds.every(hasEnded)) return "done";
  return seeds.some(({ step }) => step > 0) ? "partly" : "waiting";
}

/** Whether any of its runs may still begin or go on. @param {Pick<Sweep, "status">} sweep */
export const isOpen = ({ status }) => status !== "stopped" && status !== "finished";

/** Whether one moment is the same step in all runs. @param {Cell[]} cells */
export const isOfOneLength = (cells) =>
  new Set(cells.flatMap(({ seeds }) => seeds.map(({ total_steps }) => total_steps))).size <= 1;

/**
 * What changed since, laid into what is known.
 * @template {Sweep & {whole: boolean}} Told
 * @param {Sweep | null} known
 * @param {Told} told
 * @returns {Told}
 */
export function merged(known, told) {
  if (told.whole || !known) return told;
  const changed = new Map(told.cells.map((cell) => [keyOf(cell.at), cell]));
  return { ...told, cells: known.cells.map((cell) => changed.get(keyOf(cell.at)) ?? cell) };
}
