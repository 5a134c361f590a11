// @ts-check
// Three courses of A and B: solid ink and dashed ink on the one time axis.

import { along } from "../../charts/axis.js";
import { valueAt } from "../../charts/curves.js";
import { mountChart } from "../../charts/mount.js";
import { PERCENT, roundTicks } from "../../charts/ticks.js";
import { objectiveOf } from "../../state/objective.js";
import { evaluatedAt, shownFramesOf } from "../../state/pair.js";
import { playhead, totalSteps } from "../../state/selectors.js";
import { byId, write } from "../../views/elements.js";
import { fixed, percent } from "../../words/numbers.js";
import { stepNamed } from "../../words/steps.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {{step: number[], value: number[]}} Course
 * @typedef {import("../../charts/axes.js").Axes} Axes
 * @typedef {{id: string, courseOf: (state: State) => Course, nowOf: (state: State) => (number | null)[],
 *   say: (value: number) => string, whole: boolean, name: string}} Quantity
 */

const TOPS = [0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1, 2, 3, 5, 10, 20, 50, 100];
const LOW = 0.2; // of the chart's height: less room below a curve than a name takes
const ABOVE = -8; // a name's baseline, from its curve, in pixels
const BELOW = 16;
const NAME_PLACES = [0.35, 0.45, 0.55, 0.65, 0.75, 0.85];

/** @type {Quantity[]} */
const QUANTITIES = [
  {
    id: "twins-edges",
    name: "Share of filters that are edges or lines",
    courseOf: ({ frames }) => judged(frames, ({ oriented }) => oriented),
    nowOf: (state) => bothFrames(state).map((frame) => frame?.verdicts?.oriented ?? null),
    say: percent,
    whole: true,
  },
  {
    id: "twins-score",
    name: "Mean edge score",
    courseOf: ({ frames }) => judged(frames, ({ layer_score }) => layer_score),
    nowOf: (state) => bothFrames(state).map((frame) => frame?.verdicts?.layer_score ?? null),
    say: fixed,
    whole: false,
  },
  {
    id: "twins-answers",
    name: "Right answers on new pictures",
    courseOf: ({ evaluations: { step, accuracy } }) => ({
      step: step.slice(0, accuracy.length),
      value: accuracy,
    }),
    nowOf: (state) => bothStates(state).map((one) => evaluatedAt(one, playhead(state), "accuracy")),
    say: percent,
    whole: true,
  },
];

/** @type {Quantity} */
const ERROR = {
  ...QUANTITIES[2],
  name: "Error on new pictures",
  courseOf: ({ evaluations: { step, loss } }) => ({ step, value: loss }),
  nowOf: (state) => bothStates(state).map((one) => evaluatedAt(one, playhead(state), "loss")),
  say: fixed,
  whole: false,
};

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mountTwinCharts(store, commands) {
  for (const usual of QUANTITIES) {
    const one = (/** @type {State} */ state) =>
      usual.id === "twins-answers" && objectiveOf(state) !== "classify" ? ERROR : usual;
    /** @type {import("../../charts/mount.js").Measure} */
    const measure = {
      id: usual.id,
      chart: (state) => pairChart(one(state), state),
      watch: (state) => {
        const { run, frames, evaluations, twin } = state;
        return [run?.id, frames, evaluations, twin?.frames, twin?.evaluations, totalSteps(state)];
      },
      say: (state) => summary(one(state), state),
      head: (state) => headOf(one(state), state),
      bead: () => null,
    };
    mountChart(measure, store, commands);
  }
  store.subscribe((state) => {
    const [name, unit] = byId("twins-answers-title").children;
    const labelled = objectiveOf(state) === "classify";
    write(name, labelled ? "Right answers" : "Error");
    write(unit, labelled ? "% of new pictures" : "on new pictures");
  });
}

/** @param {Quantity} quantity @param {State} state @returns {import("../../charts/drawing.js").Chart} */
function pairChart({ courseOf, say, whole }, state) {
  const courses = bothStates(state).map(courseOf);
  const most = Math.max(0, ...courses.flatMap(({ value }) => value));
  const top = whole ? 1 : (TOPS.find((value) => value >= most * 1.02) ?? most);
  const looks = [
    { paint: "ink", width: 2 },
    { paint: "ink2", width: 2, dash: [6, 4] },
  ];
  const series = courses.map((course, index) => ({
    ...looks[index],
    ...course,
    name: "AB"[index],
    say: (/** @type {number} */ at) => `${"AB"[index]} ${say(course.value[at])}`,
  }));
  const names = (/** @type {Axes} */ axes) => namesOf(axes, courses);
  return { total: totalSteps(state), top, ticks: whole ? PERCENT : roundTicks(top), series, names };
}

/**
 * A and B on their curves, where these lie farthest apart; never below the axis.
 * @param {Axes} axes @param {Course[]} courses
 */
function namesOf(axes, [a, b]) {
  const end = Math.min(along(a.step.at(-1) ?? 0), along(b?.step.at(-1) ?? Infinity));
  if (!b?.step.length || !(end > 0)) return [];
  const apart = (/** @type {number} */ place) => Math.abs(valueAt(a, place * end) - valueAt(b, place * end));
  const place = NAME_PLACES.reduce((best, other) => (apart(other) > apart(best) * 1.02 ? other : best));
  const [inA, inB] = [a, b].map((course) => valueAt(course, place * end));
  const isLow = (/** @type {number} */ value) => value < LOW * axes.top;
  /** @param {string} text @param {string} paint @param {number} value @param {boolean} above  at best */
  const places = (text, paint, value, above) =>
    (above ? [ABOVE, BELOW] : [BELOW, ABOVE]).map((shift) => {
      const look = { anchor: /** @type {const} */ ("middle"), paint, weight: 600 };
      return axes.write(axes.xAt(place * end), axes.y(value) + shift * axes.unit, text, look);
    });
  return [
    places("A", "ink", inA, inA >= inB || isLow(inA)),
    places("B", "ink2", inB, inA < inB || isLow(inB)),
  ];
}

/** @param {Quantity} quantity @param {State} state @returns {[string, string]} */
function headOf({ nowOf, say }, state) {
  const [a, b = null] = nowOf(state);
  if (a === null) return ["", ""];
  return [`A ${say(a)}`, b === null ? "" : `B ${say(b)}`];
}

/** @param {Quantity} quantity @param {State} state */
function summary({ name, nowOf, say }, state) {
  const [a, b = null] = nowOf(state);
  if (a === null || b === null) return `${name} over the steps, for two runs; nothing is known yet.`;
  return `${name} over the steps. At ${stepNamed(state.run, playhead(state))}: A ${say(a)}, B ${say(b)}.`;
}

/** @param {State} state */
const bothStates = (state) => (state.twin ? [state, state.twin] : [state]);

/** @param {State} state */
function bothFrames(state) {
  const { a, b } = shownFramesOf(state);
  return [a, b];
}

/**
 * @param {import("../../types.js").Frame[]} frames
 * @param {(verdicts: import("../../types.js").Verdicts) => number} valueOf
 * @returns {Course}
 */
function judged(frames, valueOf) {
  const known = frames.flatMap(({ step, verdicts }) =>
    verdicts ? [{ step, value: valueOf(verdicts) }] : [],
  );
  return { step: known.map(({ step }) => step), value: known.map(({ value }) => value) };
}
