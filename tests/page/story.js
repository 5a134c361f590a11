// A short run as its log tells it, for the tests of what the page makes of it.

import { initialState } from "../../static/js/state/initial.js";
import { reduce } from "../../static/js/state/reduce.js";

const FILTERS = 4;
export const NOISE = ["noise", "noise", "noise", "noise"];

/** Float32 numbers as they travel. */
export function typedArray(values, shape) {
  const bytes = Buffer.from(Float32Array.from(values).buffer);
  return { dtype: "f4", shape: shape.join(", "), bdata: bytes.toString("base64") };
}

/** What a `snapshot` event says of four filters of 3×3. */
export function snapshot(step, labels, weight = 0.05) {
  const values = Array.from({ length: 3 * 3 * FILTERS }, (_, at) => weight * (-1) ** at);
  const counts = Object.fromEntries(
    labels.map((label) => [label, labels.filter((other) => other === label).length]),
  );
  const each = labels.map(() => 0.5);
  return {
    step,
    layer: "conv1",
    kernel: typedArray(values, [3, 3, 1, FILTERS]),
    label: labels,
    counts,
    score: each,
    orientation_degrees: each,
    coherence: each,
    change: each,
    colour: labels.map(() => ""),
    layer_score: 0.5,
    oriented: labels.filter((label) => label === "edge" || label === "line").length / FILTERS,
  };
}

export const STORY = [
  ["run_started", { recipe: {}, total_steps: 100 }],
  ["snapshot", snapshot(0, NOISE)],
  ["evaluated", { step: 0, validation_loss: 2.3, validation_accuracy: 0.1 }],
  ["steps", { step: [1, 2], loss: [2.2, 2.1], accuracy: [0.1, 0.2] }],
  ["snapshot", snapshot(2, ["edge", "noise", "noise", "noise"])],
  ["snapshot", snapshot(10, ["edge", "line", "edge", "noise"], 0.2)],
  ["run_finished", { step: 10 }],
];

/** The actions by which the page hears of these events, the first of them number 1. */
export const heard = (events, run = "r") =>
  events.map(([kind, data], at) => ({ type: "event", run, kind, seq: at + 1, at: (at + 1) * 50, data }));

/** A run as the server tells it before anything happened. */
export const queued = (id = "r") => ({
  id,
  name: id.toUpperCase(),
  status: "queued",
  preset: null,
  recipe: {},
  step: 0,
  total_steps: 100,
  last_seq: 0,
});

/** The page that has a run on its stage and then takes these actions. */
export const pageAfter = (actions, run = queued()) =>
  [{ type: "presets_loaded", presets: [] }, { type: "run_opened", run }, ...actions].reduce(
    reduce,
    initialState(),
  );
