// @ts-check
// A sweep as a map: which cell lies where, and what its seeds came to.

/**
 * @typedef {{field: string, title: string, values: (number | string | boolean)[], words: string[]}} Axis
 * @typedef {"edges" | "score" | "accuracy"} Measure
 * @typedef {object} Seed  One run of a cell.
 * @property {number} seed
 * @property {string | null} run  null where it was deleted
 * @property {string} status
 * @property {number} step
 * @property {number} total_steps
 * @property {number | null} edges  a share of the filters
 * @property {number | null} score
 * @property {number | null} accuracy
 * @property {string | null} error
 *
 * @typedef {{at: number[], values: (number | string | boolean)[], seeds: Seed[]}} Cell
 * @typedef {{at: number[], values: (number | string | boolean)[], message: string}} Impossible
 * @typedef {object} Sweep
 * @property {string} id
 * @property {string} name
 * @property {string} status
 * @property {Axis[]} axes
 * @property {number[]} seeds
 * @property {number} runs
 * @property {number} cell_count
 * @property {Record<string, number>} counts
 * @property {number} total_steps
 * @property {Impossible[]} impossible
 * @property {Cell[]} cells
 *
 * @typedef {{down: number | null, across: number, third: number | null, slice: number}} Layout
 *   which axis goes which way, and at which value of the third one looks
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
 * The first axis goes across, the second down, the third is looked at value by value, unless it is said.
 * @param {number} count  of axes
 * @param {{down?: number, across?: number, slice?: number}} [asked]
 * @returns {Layout}
 */
export function layoutOf(count, { down, across, slice = 0 } = {}) {
  const known = (/** @type {number | undefined} */ axis) => axis !== undefined && axis >= 0 && axis < count;
  const right = known(across) ? Number(across) : down === 0 && count > 1 ? 1 : 0;
  if (count === 1) return { down: null, across: 0, third: null, slice: 0 };
  const others = Array.from({ length: count }, (_, axis) => axis).filter((axis) => axis !== right);
  const below = known(down) && down !== right ? Number(down) : others[0];
  const [third = null] = others.filter((axis) => axis !== below);
  return { down: below, across: right, third, slice };
}

/**
 * The cells as they lie: rows of `at`.
 * @param {Axis[]} axes
 * @param {Layout} layout
 * @returns {number[][][]}
 */
export function rowsOf(axes, { down, across, third, slice }) {
  const rows = down === null ? [0] : axes[down].values.map((_, place) => place);
  return rows.map((row) =>
    axes[across].values.map((_, column) => {
      const at = axes.map(() => 0);
      at[across] = column;
      if (down !== null) at[down] = row;
      if (third !== null) at[third] = Math.max(0, Math.min(axes[third].values.length - 1, slice));
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
