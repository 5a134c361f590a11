// @ts-check
// What is known of a run that wasn't trained here: by somebody's own program, or read from files.

/**
 * @typedef {import("../types.js").Run} Run
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Health} Health
 * @typedef {import("../types.js").LayerHealth} LayerHealth
 * @typedef {import("../net/answers.js").DescribedLayer} Layer
 */

/** Whether a program of somebody's own trains it. @param {{run: Run | null}} state */
export const isWatched = ({ run }) => run?.source === "watched";

/** Whether it was read from files. @param {{run: Run | null}} state */
export const isOpened = ({ run }) => run?.source === "opened";

/** Whether nobody here trained it. @param {{run: Run | null}} state */
export const isFromElsewhere = ({ run }) => (run?.source ?? "own") !== "own";

/** The layer of that name. @param {Run | null} run @param {string} name @returns {Layer | undefined} */
export const layerNamed = (run, name) => run?.described?.layers?.find((layer) => layer.name === name);

/** @param {Run | null} run @param {string} name */
export const kindOf = (run, name) => layerNamed(run, name)?.kind;

/** What its owner calls it. @param {Run | null} run @param {string} name */
export const titleOf = (run, name) => layerNamed(run, name)?.title || name;

/** Those whose filters can be looked at, in their order. @param {Run | null} run @returns {Layer[]} */
export const layersOf = (run) => (run?.layers ?? []).flatMap((name) => layerNamed(run, name) ?? []);

/** Whether its first frame is known to be the start. @param {Run | null} run */
export const beginsAtStart = (run) =>
  !run?.continues && (run?.source === "own" || run?.described?.begins === "start");

/**
 * When its program was last heard of, on the clock that says `at` now.
 * @param {Run} run
 * @param {number} [at]
 */
export function heardAt(run, at) {
  const seconds = run.last_heard_seconds;
  return at === undefined || seconds === null || seconds === undefined ? null : at - 1000 * seconds;
}

/**
 * For how many seconds it hasn't been heard of; null where nobody knows.
 * @param {State} state
 * @param {number} now
 */
export const quietSeconds = ({ heardAt: heard }, now) =>
  heard === null ? null : Math.max(0, Math.floor((now - heard) / 1000));

/**
 * `known` with what a snapshot says of the layers that it holds.
 * @param {Map<string, Health>} known
 * @param {number} step
 * @param {LayerHealth[]} told
 * @returns {Map<string, Health>}
 */
export function withHealth(known, step, told) {
  if (!told.length) return known;
  const next = new Map(known);
  for (const newest of told) {
    const before = known.get(newest.layer);
    if (before && (before.step.at(-1) ?? -1) >= step) continue;
    next.set(newest.layer, {
      since: before?.since ?? step,
      newest,
      step: [...(before?.step ?? []), step],
      norm: [...(before?.norm ?? []), newest.norm ?? null],
      change: [...(before?.change ?? []), newest.change ?? null],
    });
  }
  return next;
}

/**
 * The last alert about a layer.
 * @param {State} state
 * @param {string} layer
 * @param {string} code
 */
export const alertOf = ({ alerts }, layer, code) =>
  alerts.findLast((alert) => alert.layer === layer && alert.code === code) ?? null;
