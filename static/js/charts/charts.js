// @ts-check
// The three charts: Plotly draws the curves a few times a second, the playhead moves with every frame.

import { EDGES_OR_LINES } from "../contract.js";
import { objectiveOf } from "../state/objective.js";
import { judgedFrame, orientedOf, playhead, totalSteps } from "../state/selectors.js";
import { byId, make, write } from "../views/elements.js";
import { atMostEvery } from "../views/headline.js";
import { fixed, percent } from "../words/numbers.js";
import { OBJECTIVES } from "../words/objectives.js";
import { along, shareAlong, stepAt } from "./axis.js";
import { curveChart, curveSummary, valueAt } from "./curves.js";
import { loadPlotly } from "./plotly.js";
import { tellReadings } from "./reading.js";
import { sharesChart, sharesSummary } from "./shares.js";
import { CONFIG, MARGIN, onThemeChange } from "./theme.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {{width: number, height: number, total: number}} Room
 * @typedef {{id: string, draw: (state: State, room: Room) => {data: object[], layout: object},
 *   watch: (state: State) => unknown[], say: (state: State) => string,
 *   head: (state: State) => [string, string], bead: (state: State) => number | null}} Chart
 */

const DRAW_MILLISECONDS = 200;
const CLASSES = 10;

/** @type {Chart[]} */
const CHARTS = [
  {
    id: "shares",
    draw: (state, room) => sharesChart(state.frames, room),
    watch: (state) => [state.frames],
    say: (state) => sharesSummary(state.frames),
    head: (state) => (state.frames.length ? [orientedOf(judgedFrame(state)), EDGES_OR_LINES] : ["", ""]),
    bead: () => null,
  },
  {
    id: "answers",
    draw: (state, room) => curveChart("accuracy", state.training, state.evaluations, CLASSES, room),
    watch: (state) => [state.training, state.evaluations],
    say: (state) => curveSummary("accuracy", state.training, state.evaluations),
    head: (state) =>
      OBJECTIVES[objectiveOf(state)].noAnswers
        ? ["none", ""]
        : [text(evaluated(state, "accuracy"), percent), "of new pictures"],
    bead: (state) => over(evaluated(state, "accuracy"), 1),
  },
  {
    id: "loss",
    draw: (state, room) => curveChart("loss", state.training, state.evaluations, CLASSES, room),
    watch: (state) => [state.training, state.evaluations],
    say: (state) => curveSummary("loss", state.training, state.evaluations),
    head: (state) => [text(evaluated(state, "loss"), fixed), ""],
    bead: () => null,
  },
];

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 * @param {Promise<void>} shown  when the filters are painted
 */
export function mountCharts(store, commands, shown) {
  for (const chart of CHARTS) mountChart(chart, store, commands, shown);
  const note = byId("shares").querySelector(".under-chart");
  store.subscribe((state) => showNote(note, state));
}

/**
 * @param {Chart} chart
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 * @param {Promise<void>} [before]  what Plotly waits for: its reading
 *   holds up the page for a third of a second
 */
export function mountChart(chart, store, commands, before) {
  const box = byId(chart.id).querySelector(".chart");
  const plot = box.querySelector(".plot");
  const head = make("div", { class: "playhead", hidden: true });
  const bead = make("div", { class: "bead", hidden: true });
  box.append(head, bead);
  box.setAttribute("aria-label", chart.say(store.state));
  /** @type {unknown[]} */
  let drawn = [];
  /** @type {import("./plotly.js").Plotly | null} */
  let plotly = null;
  let asked = false;
  let told = false;

  /** Known before each frame: to ask for it in one would have the page laid out twice. */
  const size = { width: 0, height: 0 };

  const draw = atMostEvery(DRAW_MILLISECONDS, () => {
    const { state } = store;
    const room = { ...size, total: totalSteps(state) };
    const wanted = [...chart.watch(state), room.width, room.height, room.total];
    if (!plotly || !hasRoom(room) || wanted.every((value, index) => value === drawn[index])) return;
    drawn = wanted;
    const { data, layout } = chart.draw(state, room);
    plotly.react(plot, data, layout, CONFIG);
    if (!told) tellReadings(plot, box);
    told = true;
    box.setAttribute("aria-label", chart.say(state));
  });
  const redraw = () => {
    drawn = [];
    draw();
  };
  store.subscribe((state) => {
    draw();
    showHead(chart, state);
    showPlayhead(chart, state, size, head, bead);
  });
  /** Where no chart is shown, nobody pays for Plotly. */
  const load = async () => {
    asked = true;
    await before;
    plotly = await loadPlotly();
    draw();
  };
  new ResizeObserver(() => {
    Object.assign(size, { width: box.clientWidth, height: box.clientHeight });
    if (!asked && hasRoom(size)) load();
    draw();
    showPlayhead(chart, store.state, size, head, bead);
  }).observe(box);
  onThemeChange(redraw);
  box.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    if (!store.state.frames.length) return;
    const share =
      (event.clientX - box.getBoundingClientRect().left - MARGIN.l) / (box.clientWidth - MARGIN.l - MARGIN.r);
    commands.lookAt(Math.round(stepAt(Math.max(0, Math.min(1, share)) * along(totalSteps(store.state)))));
  });
}

/**
 * Plotly makes NaN of a place without room between its margins.
 * @param {{width: number, height: number}} room
 */
const hasRoom = ({ width, height }) => width > MARGIN.l + MARGIN.r && height > MARGIN.t + MARGIN.b;

/** @param {Chart} chart @param {State} state */
function showHead(chart, state) {
  const value = byId(chart.id).querySelector(".value");
  const [number, words] = chart.head(state);
  const key = `${number}|${words}`;
  if (value.dataset.key === key) return;
  value.dataset.key = key;
  value.replaceChildren(...(number ? [make("b", {}, number), " ", make("small", {}, words)] : []));
}

/**
 * @param {Chart} chart
 * @param {State} state
 * @param {{width: number, height: number}} size
 * @param {HTMLElement} head
 * @param {HTMLElement} bead
 */
function showPlayhead(chart, state, size, head, bead) {
  const shown = state.frames.length > 0 && size.width > 0;
  head.hidden = !shown;
  bead.hidden = true;
  if (!shown) return;
  const width = size.width - MARGIN.l - MARGIN.r;
  const left = MARGIN.l + shareAlong(playhead(state), totalSteps(state)) * width;
  head.style.translate = `${left}px`;
  const height = chart.bead(state);
  if (height === null) return;
  bead.hidden = false;
  bead.style.translate = `${left}px ${MARGIN.t + (1 - height) * (size.height - MARGIN.t - MARGIN.b)}px`;
}

/**
 * The last evaluation at or before the playhead.
 * @param {State} state
 * @param {"accuracy" | "loss"} quantity
 */
function evaluated(state, quantity) {
  const { step, [quantity]: value } = state.evaluations;
  const found = valueAt({ step, value }, along(playhead(state)));
  return Number.isFinite(found) && step[0] <= playhead(state) ? found : null;
}

/** @param {number | null} value @param {(value: number) => string} say */
const text = (value, say) => (value === null ? "" : say(value));

/** @param {number | null} value @param {number} top */
const over = (value, top) => (value === null ? null : value / top);

/** @param {HTMLElement} note @param {State} state */
function showNote(note, state) {
  const frame = judgedFrame(state);
  const count = frame?.kernel.shape[3];
  if (!frame?.verdicts) return write(note, "Fills while the network learns.");
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
    `Share of the ${count} filters, in %. Mean edge score ${fixed(frame.verdicts.layer_score)} of 1.`,
  );
}
