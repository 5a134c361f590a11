// @ts-check
// The charts beside the filters: what they are, how long, how many answers are right, how large the error is.

import { EDGES_OR_LINES } from "../contract.js";
import { classesOf, objectiveOf } from "../state/objective.js";
import { judgedFrames, judgedShown, judgesDifference } from "../state/added.js";
import { streamedLayer } from "../state/run.js";
import { orientedOf, playhead, totalSteps } from "../state/selectors.js";
import { isFromElsewhere, isOpened } from "../state/watched.js";
import { byId, write } from "../views/elements.js";
import { fixed, percent } from "../words/numbers.js";
import { OBJECTIVES } from "../words/objectives.js";
import { along } from "./axis.js";
import { courseOf, curveChart, curveSummary, valueAt } from "./curves.js";
import { lengthCourse, lengthsChart, lengthsSummary } from "./lengths.js";
import { mountChart } from "./mount.js";
import { sharesChart, sharesSummary } from "./shares.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("./mount.js").Measure} Measure
 */

/** @type {Measure[]} */
const CHARTS = [
  {
    id: "shares",
    chart: (state) => sharesChart(judgedFrames(state), totalSteps(state)),
    watch: (state) => [judgedFrames(state), totalSteps(state)],
    say: (state) => sharesSummary(judgedFrames(state), state.run),
    head: (state) =>
      isFromElsewhere(state) && state.view.layer !== null ? ["", ""] : headOf(judgedShown(state)),
    bead: () => null,
  },
  {
    id: "lengths",
    chart: (state) => lengthsChart(healthOnStage(state), totalSteps(state)),
    watch: (state) => [healthOnStage(state), totalSteps(state)],
    say: (state) => lengthsSummary(healthOnStage(state), state.run),
    head: (state) => [text(at(lengthCourse(healthOnStage(state), "norm"), state), fixed), ""],
    bead: () => null,
  },
  {
    ...curveOf("accuracy"),
    id: "answers",
    head: (state) =>
      OBJECTIVES[objectiveOf(state)].noAnswers
        ? [isFromElsewhere(state) ? "" : "none", ""]
        : [text(evaluated(state, "accuracy"), percent), "of new pictures"],
    bead: (state) => evaluated(state, "accuracy"),
  },
  {
    ...curveOf("loss"),
    id: "loss",
    head: (state) => newest(state),
    bead: () => null,
  },
];

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountCharts(store, commands) {
  for (const measure of CHARTS) mountChart(measure, store, commands);
  const note = byId("shares").querySelector(".under-chart");
  store.subscribe((state) => showNote(note, state));
}

/** @param {import("../types.js").Frame | null} frame @returns {[string, string]} */
const headOf = (frame) => (frame?.verdicts ? [orientedOf(frame), EDGES_OR_LINES] : ["", ""]);

/** @param {import("./curves.js").Quantity} quantity @returns {Pick<Measure, "chart" | "watch" | "say">} */
function curveOf(quantity) {
  return {
    chart: (state) => curveChart(quantity, { ...state, total: totalSteps(state), classes: classesOf(state) }),
    watch: (state) => [state.training, state.evaluations, totalSteps(state)],
    say: (state) => curveSummary(quantity, state.training, state.evaluations, state.run),
  };
}

/**
 * The last evaluation at or before the playhead.
 * @param {State} state
 * @param {"accuracy" | "loss"} quantity
 */
function evaluated(state, quantity) {
  const { step, value } = courseOf(state.evaluations, quantity);
  const found = valueAt({ step, value }, along(playhead(state)));
  return Number.isFinite(found) && step[0] <= playhead(state) ? found : null;
}

/**
 * The error on new pictures; where nobody tells that, the one in training.
 * @param {State} state
 * @returns {[string, string]}
 */
function newest(state) {
  if (state.evaluations.loss.length || !isFromElsewhere(state))
    return [text(evaluated(state, "loss"), fixed), ""];
  const value = at(courseOf(state.training, "loss"), state);
  return [text(value, fixed), value === null ? "" : "in training"];
}

/** The layer whose labels are told while the tiles show another's. @param {State} state */
const layerUnlikeStage = (state) =>
  !isFromElsewhere(state) && state.view.layer !== null && state.view.layer !== streamedLayer(state)
    ? streamedLayer(state)
    : null;

/** Of the layer that the tiles show. @param {State} state */
const healthOnStage = (state) => state.health.get(state.view.layer ?? streamedLayer(state));

/**
 * The last value at or before the playhead.
 * @param {import("./curves.js").Course} course
 * @param {State} state
 */
function at(course, state) {
  const found = valueAt(course, along(playhead(state)));
  return Number.isFinite(found) ? found : null;
}

/** @param {number | null} value @param {(value: number) => string} say */
const text = (value, say) => (value === null ? "" : say(value));

/** @param {HTMLElement} note @param {State} state */
function showNote(note, state) {
  const frame = judgedShown(state);
  const count = frame?.kernel.shape[3];
  const isAdded = judgesDifference(state);
  const other = layerUnlikeStage(state);
  write(byId("shares-what"), other ? `Filters of ${other}` : isAdded ? "What was added" : "What they are");
  if (isFromElsewhere(state) && state.view.layer !== null) return write(note, "");
  if (!frame?.verdicts)
    return write(note, isFromElsewhere(state) && frame ? "" : "Fills while the network learns.");
  if (state.frames.length < 2 && isOpened(state))
    return write(note, `Of one file. Mean edge score ${fixed(frame.verdicts.layer_score)} of 1.`);
  if (state.frames.length < 2) {
    const noise = frame.verdicts.counts.noise ?? 0;
    return write(
      note,
      "Fills while the network learns: now " +
        `${noise === count ? `all ${count}` : `${noise} of ${count}`} are noise.`,
    );
  }
  write(
    note,
    `Share of the ${count} filters${other ? ` of ${other}` : ""}, in %` +
      `${isAdded ? ", by what was added" : ""}. ` +
      `Mean edge score ${fixed(frame.verdicts.layer_score)} of 1.`,
  );
}
