// @ts-check
// Edge score and change over the steps, on the axis of the scrubber, with the playhead through both.

import { along, shareAlong, stepAt } from "../../charts/axis.js";
import { loadPlotly } from "../../charts/plotly.js";
import { tellReadings } from "../../charts/reading.js";
import { CONFIG, MARGIN, colour, layoutOf, nameAt, onThemeChange } from "../../charts/theme.js";
import { filterOf } from "../../kernels/slices.js";
import { difference, norm } from "../../kernels/vectors.js";
import { playhead, totalSteps } from "../../state/selectors.js";
import { Changes } from "../../views/changes.js";
import { byId, make } from "../../views/elements.js";
import { atMostEvery } from "../../views/headline.js";
import { fixed, percent } from "../../words/numbers.js";

/** @typedef {import("./subject.js").Subject} Subject */

const DRAW_MILLISECONDS = 250;
const LETTER_WIDTH = 6.2;

/**
 * @param {import("../../store.js").Store} store
 * @param {import("../../types.js").Commands} commands
 * @param {() => Subject | null} subjectNow
 */
export function createCourse(store, commands, subjectNow) {
  const box = byId("filter-chart");
  const plot = box.querySelector(".plot");
  const head = make("div", { class: "playhead", hidden: true });
  const bead = make("div", { class: "bead", hidden: true });
  box.append(head, bead);
  /** @type {import("../../charts/plotly.js").Plotly | null} */
  let plotly = null;
  const changes = new Changes();
  const size = { width: 0, height: 0 };

  const chart = atMostEvery(DRAW_MILLISECONDS, () => {
    const subject = subjectNow();
    const room = { ...size, total: totalSteps(store.state) };
    if (!plotly || !subject?.frames.length || room.width < 120) return;
    if (!changes.found(subject.frames, subject.filter, room.width, room.height, room.total)) return;
    const first = !plot.classList.contains("js-plotly-plot");
    const { data, layout } = courseChart(subject, room);
    plotly.react(plot, data, layout, CONFIG);
    if (first) tellReadings(plot, box);
    box.setAttribute("aria-label", summary(subject));
  });
  onThemeChange(() => {
    changes.forget();
    chart();
  });
  box.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const share =
      (event.clientX - box.getBoundingClientRect().left - MARGIN.l) / (box.clientWidth - MARGIN.l - MARGIN.r);
    commands.lookAt(Math.round(stepAt(Math.max(0, Math.min(1, share)) * along(totalSteps(store.state)))));
  });
  new ResizeObserver(() => {
    Object.assign(size, { width: box.clientWidth, height: box.clientHeight });
    const subject = subjectNow();
    if (subject) draw(subject);
  }).observe(box);
  loadPlotly().then((loaded) => {
    plotly = loaded;
    chart();
  });

  /** @param {Subject} subject */
  function draw(subject) {
    chart();
    const score = subject.frame.verdicts?.score[subject.filter];
    const { state } = store;
    head.hidden = !subject.frames.length;
    bead.hidden = head.hidden || score === undefined;
    const left =
      MARGIN.l + shareAlong(playhead(state), totalSteps(state)) * (size.width - MARGIN.l - MARGIN.r);
    head.style.translate = `${left}px`;
    const top = MARGIN.t + (1 - (score ?? 0)) * (size.height - MARGIN.t - MARGIN.b);
    bead.style.translate = `${left}px ${top}px`;
  }
  return { draw };
}

/**
 * |W − W₀| / |W₀| in each frame; nothing is told of later layers, so it is computed.
 * @param {Subject} subject
 */
function changes({ frames, filter }) {
  const first = filterOf(frames[0].kernel, filter).weights;
  const length = norm(first) || 1;
  return frames.map(
    ({ verdicts, kernel }) =>
      verdicts?.change[filter] ?? norm(difference(filterOf(kernel, filter).weights, first)) / length,
  );
}

/** @param {Subject} subject @param {{width: number, height: number, total: number}} room */
function courseChart(subject, room) {
  const { frames, filter, deep } = subject;
  const change = changes(subject);
  const most = Math.max(1, ...change);
  const x = frames.map(({ step }) => along(step));
  const steps = frames.map(({ step }) => step);
  const line = (
    /** @type {string} */ name,
    /** @type {number[]} */ y,
    /** @type {string[]} */ text,
    /** @type {object} */ style,
  ) => ({
    type: "scatter",
    mode: "lines",
    name,
    x,
    y,
    customdata: steps,
    text,
    hoverinfo: "none",
    line: style,
  });
  const scores = deep ? [] : frames.map(({ verdicts }) => verdicts?.score[filter] ?? 0);
  const data = [
    line(
      "change",
      change.map((value) => value / most),
      change.map((value) => `${percent(value)} changed`),
      { color: colour("ink3"), width: 1.5, dash: "4px,3px" },
    ),
  ];
  if (!deep)
    data.push(
      line(
        "edge score",
        scores,
        scores.map((value) => `${fixed(value)} edge score`),
        { color: colour("edge"), width: 2.5 },
      ),
    );
  const annotations = names(
    subject,
    change.map((value) => value / most),
    scores,
    most,
    room,
  );
  return { data, layout: layoutOf({ ...room, top: 1, ticks: [0, 0.5, 1], annotations }) };
}

/**
 * Each curve named on itself, where it has risen.
 * @param {Subject} subject
 * @param {number[]} change
 * @param {number[]} scores
 * @param {number} most
 * @param {{width: number, total: number}} room
 */
function names({ frames, deep }, change, scores, most, { width, total }) {
  if (frames.length < 8) return [];
  const risen = (/** @type {number[]} */ values, /** @type {number} */ share) =>
    Math.max(
      1,
      values.findIndex((value) => value >= share * Math.max(...values)),
    );
  const at = risen(change, 0.45);
  const left = shareAlong(frames[at].step, total) * (width - MARGIN.l - MARGIN.r);
  const fits = (/** @type {string} */ words) => left > (words.length + 3) * LETTER_WIDTH;
  const words = ["change from the start", "change"].map((what) =>
    most > 1 ? `${what}, to ${percent(most)}` : what,
  );
  const told = words.find(fits) ?? words[1];
  const side = fits(told)
    ? { xanchor: "right", xshift: -6, yanchor: "bottom" }
    : { xanchor: "left", xshift: 8, yanchor: "top" };
  const name = nameAt(told, along(frames[at].step), change[at], { ...side, color: colour("ink3") });
  if (deep || Math.max(...scores) < 0.1) return [name];
  const there = risen(scores, 0.75);
  return [
    name,
    nameAt("edge score", along(frames[there].step), scores[there], {
      xanchor: "left",
      xshift: 8,
      yanchor: "top",
      color: colour("edge"),
      weight: 600,
    }),
  ];
}

/** In words, for those who don't see it. @param {Subject} subject */
function summary({ frames, filter, deep }) {
  const last = frames[frames.length - 1];
  const change = last.verdicts ? `, ${percent(last.verdicts.change[filter])} changed from the start` : "";
  const score = deep ? "Change" : `Edge score ${fixed(last.verdicts?.score[filter] ?? 0)}`;
  return `${score} at step ${last.step}${change}, over the steps.`;
}
