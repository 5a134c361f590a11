// @ts-check
// Edge score and change over the steps, on the axis of the scrubber, with the playhead through both.

import { Plot } from "../../charts/plot.js";
import { SCORES } from "../../charts/ticks.js";
import { filterOf } from "../../kernels/slices.js";
import { difference, norm } from "../../kernels/vectors.js";
import { playhead, totalSteps } from "../../state/selectors.js";
import { Changes } from "../../views/changes.js";
import { byId } from "../../views/elements.js";
import { atMostEvery } from "../../views/headline.js";
import { fixed, percent } from "../../words/numbers.js";
import { stepNamed } from "../../words/steps.js";

/**
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {import("../../charts/axes.js").Axes} Axes
 */

const DRAW_MILLISECONDS = 250;
const SCORE = "edge score";
const FEWEST_FRAMES = 8; // before that no curve has a shape to bear a name

/**
 * @param {import("../../store.js").Store} store
 * @param {import("../../types.js").Commands} commands
 * @param {() => Subject | null} subjectNow
 */
export function createCourse(store, commands, subjectNow) {
  const changes = new Changes();
  const plot = new Plot(byId("filter-chart"), follow, (step) => commands.lookAt(step));
  const show = atMostEvery(DRAW_MILLISECONDS, () => {
    const subject = subjectNow();
    const { width, height } = plot.size;
    const total = totalSteps(store.state);
    if (!subject?.frames.length || !plot.hasRoom) return;
    if (!changes.found(subject.frames, subject.filter, width, height, total)) return;
    const called = (/** @type {number} */ step) => stepNamed(store.state.run, step);
    plot.show(courseChart(subject, total), summary(subject, called), called);
  });

  function follow() {
    const subject = subjectNow();
    if (subject) draw(subject);
  }

  /** @param {Subject} subject */
  function draw({ frame, frames, filter }) {
    show();
    const { state } = store;
    const score = frame.verdicts?.score[filter] ?? null;
    plot.point(frames.length ? playhead(state) : null, totalSteps(state), score);
  }
  return { draw };
}

/**
 * |W − W₀| / |W₀| in each frame; nothing is told of later layers, so it is computed.
 * @param {Subject} subject
 */
function changesOf({ frames, filter }) {
  const first = filterOf(frames[0].kernel, filter).weights;
  const length = norm(first) || 1;
  return frames.map(
    ({ verdicts, kernel }) =>
      verdicts?.change[filter] ?? norm(difference(filterOf(kernel, filter).weights, first)) / length,
  );
}

/** @param {Subject} subject @param {number} total @returns {import("../../charts/drawing.js").Chart} */
function courseChart(subject, total) {
  const { frames, filter, deep } = subject;
  const step = frames.map((frame) => frame.step);
  const change = changesOf(subject);
  const most = Math.max(1, ...change);
  const risen = change.map((value) => value / most);
  const scores = deep ? [] : frames.map(({ verdicts }) => verdicts?.score[filter] ?? 0);
  const series = [
    {
      ...{ name: "change", step, value: risen, paint: "ink3", width: 1.5, dash: [4, 3] },
      say: (/** @type {number} */ at) => `${percent(change[at])} changed`,
    },
    {
      ...{ name: "score", step, value: scores, paint: "edge", width: 2.5 },
      say: (/** @type {number} */ at) => `${fixed(scores[at])} edge score`,
    },
  ];
  const names = (/** @type {Axes} */ axes) =>
    frames.length < FEWEST_FRAMES
      ? []
      : [...(deep ? [] : [scoreName(axes, step, scores)]), changePlaces(axes, step, risen, most)];
  return { total, top: 1, ticks: SCORES, series: deep ? series.slice(0, 1) : series, names };
}

/**
 * Where a curve has risen to a share of its height, but not its first point.
 * @param {number[]} values @param {number} share
 */
function risenTo(values, share) {
  const most = Math.max(...values);
  return Math.max(
    1,
    values.findIndex((value) => value >= share * most),
  );
}

/**
 * Places of the change’s name, on its curve where that has risen: on its left if there is room.
 * @param {Axes} axes
 * @param {number[]} step
 * @param {number[]} change
 * @param {number} most  what the top of the scale is
 */
function changePlaces(axes, step, change, most) {
  const at = risenTo(change, 0.45);
  const [x, y] = [axes.x(step[at]), axes.y(change[at])];
  const words = ["change from the start", "change"].map((what) =>
    most > 1 ? `${what}, to ${percent(most)}` : what,
  );
  return [
    ...words.map((told) => axes.write(x - 6 * axes.unit, y - 5 * axes.unit, told, { anchor: "end" })),
    axes.write(x + 8 * axes.unit, y + 13 * axes.unit, words[1]),
  ];
}

/**
 * The curve of the score, named on itself: on its right, or left of where it rises at the very end.
 * @param {Axes} axes @param {number[]} step @param {number[]} scores
 */
function scoreName(axes, step, scores) {
  if (Math.max(...scores) < 0.1) return [];
  const at = risenTo(scores, 0.75);
  const [x, y] = [axes.x(step[at]), axes.y(scores[at])];
  const look = { paint: "edge", weight: 600 };
  return [
    axes.write(x + 8 * axes.unit, y + 13 * axes.unit, SCORE, look),
    axes.write(x - 6 * axes.unit, y - 7 * axes.unit, SCORE, { ...look, anchor: "end" }),
  ];
}

/**
 * In words, for those who don't see it.
 * @param {Subject} subject @param {(step: number) => string} called
 */
function summary({ frames, filter, deep }, called) {
  const last = frames[frames.length - 1];
  const change = last.verdicts ? `, ${percent(last.verdicts.change[filter])} changed from the start` : "";
  const score = deep ? "Change" : `Edge score ${fixed(last.verdicts?.score[filter] ?? 0)}`;
  return `${score} at ${called(last.step)}${change}, over the steps.`;
}
