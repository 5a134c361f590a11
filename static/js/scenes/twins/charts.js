// @ts-check
// Three courses of A and B: solid ink and dashed ink on the one time axis.

import { along } from "../../charts/axis.js";
import { mountChart } from "../../charts/charts.js";
import { valueAt } from "../../charts/curves.js";
import { colour, layoutOf, nameAt } from "../../charts/theme.js";
import { objectiveOf } from "../../state/objective.js";
import { evaluatedAt, shownFramesOf } from "../../state/pair.js";
import { playhead } from "../../state/selectors.js";
import { byId, write } from "../../views/elements.js";
import { fixed, percent } from "../../words/numbers.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {{step: number[], value: number[]}} Course
 * @typedef {{width: number, height: number, total: number}} Room
 * @typedef {{id: string, courseOf: (state: State) => Course, nowOf: (state: State) => (number | null)[],
 *   say: (value: number) => string, whole: boolean, name: string}} Quantity
 */

const TOPS = [0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1, 2, 3, 5, 10, 20, 50, 100];
const LOW = 0.2; // of the chart's height: less room below a curve than a name takes
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
    /** @type {import("../../charts/charts.js").Chart} */
    const chart = {
      id: usual.id,
      draw: (/** @type {State} */ state, /** @type {Room} */ room) => pairChart(one(state), state, room),
      watch: (/** @type {State} */ { run, frames, evaluations, twin }) => [
        run?.id,
        frames,
        evaluations,
        twin?.frames,
        twin?.evaluations,
      ],
      say: (/** @type {State} */ state) => summary(one(state), state),
      head: (/** @type {State} */ state) => headOf(one(state), state),
      bead: () => null,
    };
    mountChart(chart, store, commands);
  }
  store.subscribe((state) => {
    const [name, unit] = byId("twins-answers-title").children;
    const labelled = objectiveOf(state) === "classify";
    write(name, labelled ? "Right answers" : "Error");
    write(unit, labelled ? "% of new pictures" : "on new pictures");
  });
}

/** @param {Quantity} quantity @param {State} state @param {Room} room */
function pairChart({ courseOf, say, whole }, state, room) {
  const courses = bothStates(state).map(courseOf);
  const most = Math.max(0, ...courses.flatMap(({ value }) => value));
  const top = whole ? 1 : (TOPS.find((value) => value >= most * 1.02) ?? most);
  const unit = whole ? 100 : 1;
  const styles = [
    { color: colour("ink"), width: 2 },
    { color: colour("ink2"), width: 2, dash: "6px,4px" },
  ];
  const data = courses.map(({ step, value }, index) => ({
    type: "scatter",
    mode: "lines",
    name: "AB"[index],
    x: step.map(along),
    y: value.map((one) => one * unit),
    customdata: step,
    text: value.map((one) => `${"AB"[index]} ${say(one)}`),
    hoverinfo: "none",
    line: styles[index],
  }));
  const ticks = [0, top / 2, top].map((value) => value * unit);
  return {
    data,
    layout: layoutOf({ ...room, top: top * unit, ticks, annotations: names(courses, unit, top) }),
  };
}

/**
 * A and B on their curves, where these lie farthest apart; never below the axis.
 * @param {Course[]} courses @param {number} unit @param {number} top
 */
function names([a, b], unit, top) {
  const end = Math.min(along(a.step.at(-1) ?? 0), along(b?.step.at(-1) ?? Infinity));
  if (!b?.step.length || !(end > 0)) return [];
  const apart = (/** @type {number} */ place) => Math.abs(valueAt(a, place * end) - valueAt(b, place * end));
  const place = NAME_PLACES.reduce((best, other) => (apart(other) > apart(best) * 1.02 ? other : best));
  const [inA, inB] = [a, b].map((course) => valueAt(course, place * end) * unit);
  const aside = (/** @type {boolean} */ above) => ({
    yanchor: above ? "bottom" : "top",
    yshift: above ? 3 : -3,
    weight: 600,
  });
  const isLow = (/** @type {number} */ value) => value < LOW * top * unit;
  const [besideA, besideB] = [aside(inA >= inB || isLow(inA)), aside(inA < inB || isLow(inB))];
  return [
    nameAt("A", place * end, inA, besideA),
    nameAt("B", place * end, inB, { ...besideB, color: colour("ink2") }),
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
  return `${name} over the steps. At step ${playhead(state)}: A ${say(a)}, B ${say(b)}.`;
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
