// @ts-check
// Written by `python -m app.contract` from what the server says; change it there.

/** The kinds of events that a run's stream tells. */
export const EVENT_KINDS = /** @type {const} */ ([
  "run_started",
  "steps",
  "snapshot",
  "alert",
  "evaluated",
  "left_out",
  "status_changed",
  "learning_rate_changed",
  "length_changed",
  "numerics_changed",
  "run_finished",
  "run_stopped",
  "run_failed",
]);

/** @typedef {typeof EVENT_KINDS[number]} EventKind */

/** After these a run tells no more. @type {ReadonlySet<string>} */
export const LAST_KINDS = new Set(["run_finished", "run_stopped", "run_failed"]);

/** Some of what was told is no more; the rest is told anew. */
export const RESET = "reset";

/** What follows can't be read any more; a stream's last word. */
export const DAMAGED = "data_damaged";

/** Nothing happened for a while, and the stream goes on. */
export const ALIVE = "alive";

/** What a run can be. */
export const STATUSES = /** @type {const} */ ([
  "queued",
  "running",
  "paused",
  "stalled",
  "stopping",
  "finished",
  "stopped",
  "failed",
  "interrupted",
]);

/** @typedef {typeof STATUSES[number]} Status */

/** Of these, the ones in which it may still train. @type {ReadonlySet<string>} */
export const LIVE_STATUSES = new Set(["queued", "running", "paused", "stalled", "stopping"]);

/** What a filter can be called, in the order of the stack. */
export const LABELS = /** @type {const} */ (["edge", "line", "blob", "flat", "structured", "noise", "dead"]);

/** @typedef {typeof LABELS[number]} Label */

/** Those of the filters that see edges or lines. @type {ReadonlySet<string>} */
export const ORIENTED_LABELS = new Set(["edge", "line"]);

/** The ideals, in the order of `template_r2`. */
export const FAMILIES = /** @type {const} */ (["edge", "line", "blob", "flat"]);

/** @typedef {typeof FAMILIES[number]} Family */

/** What the page reads of a snapshot's verdicts. */
export const VERDICTS = /** @type {const} */ ([
  "score",
  "label",
  "since",
  "orientation_degrees",
  "coherence",
  "cycles_per_pixel",
  "template_r2",
  "colour",
  "change",
  "layer_score",
  "oriented",
  "counts",
  "near_duplicates",
  "plane_p",
]);

/** The style sheet's variable of each label. */
export const LABEL_TOKENS = /** @type {const} */ ({
  edge: "edge",
  line: "line-label",
  blob: "blob",
  flat: "flat",
  structured: "structured",
  noise: "noise",
  dead: "dead",
});

/** Colours of weights, the most negative first. */
export const STOPS = /** @type {const} */ ([
  "#0d254d",
  "#174a92",
  "#4182ce",
  "#94c2f3",
  "#f5f5f5",
  "#ecb073",
  "#bd6526",
  "#7e330a",
  "#421808",
]);

/** How many colours lie between the ends. */
export const LEVELS = 511;

/** The axis is log(1 + step / this). */
export const AXIS_STEPS = 5;

/** Bins of a curve that lie between two places a unit apart. */
export const BINS_PER_UNIT = 24;

/** Steps that an axis may name. */
export const ROUND_STEPS = /** @type {const} */ ([
  0, 3, 10, 30, 60, 100, 200, 300, 400, 600, 1000, 2000, 3000, 5000, 10000, 20000, 50000, 100000, 200000,
  500000, 1000000,
]);

/** What colours stand for. */
export const COLOUR_MEANINGS = /** @type {const} */ ({
  weights: "White is 0. Orange adds, blue subtracts.",
  light: "Gray is 0. Bright adds, dark subtracts.",
});

/** Said of so many filters. */
export const STILL_NOISE = "filters, still random noise.";

/** What oriented filters see. */
export const EDGES_OR_LINES = "edges or lines";

/**
 * @typedef {object} Verdicts  What each filter is, one entry a filter, and the layer as a whole.
 * @property {number[]} score
 * @property {string[]} label
 * @property {number[]} since
 * @property {number[]} orientation_degrees
 * @property {number[]} coherence
 * @property {number[]} cycles_per_pixel
 * @property {[number, number, number, number][]} template_r2
 * @property {string[]} colour
 * @property {number[]} change
 * @property {number} layer_score
 * @property {number} oriented
 * @property {Record<string, number>} counts
 * @property {[number, number, number][]} near_duplicates
 * @property {number[]} [plane_p]
 */
