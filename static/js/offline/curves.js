// @ts-check
// What the filters are, right answers and error, each over the steps, with the playhead through all.

import { Axes } from "../charts/axes.js";
import { along, stepAt } from "../charts/axis.js";
import { curveChart, curveSummary, valueAt } from "../charts/curves.js";
import { drawingOf, frameIn } from "../charts/drawing.js";
import { sharesChart, sharesSummary } from "../charts/shares.js";
import { painted, shape } from "../charts/svg.js";
import { EDGES_OR_LINES } from "../contract.js";
import { classesOf, objectiveOf } from "../state/objective.js";
import { judgedFrame, orientedOf, playhead, totalSteps } from "../state/selectors.js";
import { make, write } from "../views/elements.js";
import { fixed, percent } from "../words/numbers.js";
import { OBJECTIVES } from "../words/objectives.js";
import { cannotSay } from "../words/told.js";
import { sharesKey } from "./shares.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {object} Measure
 * @property {string} id
 * @property {string} title
 * @property {string} aside
 * @property {(state: State) => import("../charts/drawing.js").Chart} chart
 * @property {(state: State) => string} say
 * @property {(state: State) => string} value  at the playhead
 * @property {(state: State) => Node[]} key
 */

/**
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
export function mountCurves(store, commands) {
  const root = /** @type {HTMLElement} */ (document.getElementById("curves"));
  const unsaid = cannotSay(store.state);
  const { error, noAnswers } = OBJECTIVES[objectiveOf(store.state)];
  for (const measure of [SHARES, curve("accuracy", "Right answers", ""), curve("loss", "Error", error)]) {
    if (measure === SHARES && unsaid) root.append(section(measure, make("p", { class: "under" }, unsaid)));
    else if (measure.id === "accuracy" && noAnswers)
      root.append(section(measure, make("p", { class: "under" }, noAnswers)));
    else mount(measure, root, store, commands);
  }
}

/** @type {Measure} */
const SHARES = {
  id: "shares",
  title: "What the filters are",
  aside: "",
  chart: (state) => sharesChart(state.frames, totalSteps(state)),
  say: (state) => sharesSummary(state.frames),
  value: (state) => `${orientedOf(judgedFrame(state))} ${EDGES_OR_LINES}`,
  key: (state) => sharesKey(judgedFrame(state)),
};

/** @param {"accuracy" | "loss"} quantity @param {string} title @param {string} aside @returns {Measure} */
function curve(quantity, title, aside) {
  const say = quantity === "accuracy" ? percent : (/** @type {number} */ value) => fixed(value);
  const names =
    quantity === "accuracy" ? ["new pictures", "training", "guessing"] : ["new pictures", "training"];
  return {
    id: quantity,
    title,
    aside,
    chart: (state) => curveChart(quantity, { ...state, total: totalSteps(state), classes: classesOf(state) }),
    say: (state) => curveSummary(quantity, state.training, state.evaluations),
    value: (state) => {
      const { step, [quantity]: value } = state.evaluations;
      const found = valueAt({ step, value }, along(playhead(state)));
      return Number.isFinite(found) ? say(found) : "";
    },
    key: () => names.map((name) => make("span", { class: `key-line ${name.replace(" ", "-")}` }, name)),
  };
}

/** @param {Measure} measure @param {...Node} content */
function section({ id, title, aside }, ...content) {
  const head = make("h2", { id: `${id}-title` }, title, " ", make("small", {}, aside));
  return make(
    "section",
    { class: "curve", "aria-labelledby": head.id },
    make("header", {}, head, make("p", { class: "value" })),
    ...content,
  );
}

/**
 * @param {Measure} measure
 * @param {HTMLElement} root
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
function mount(measure, root, store, commands) {
  const svg = /** @type {SVGElement} */ (shape("svg", { role: "img" }));
  const key = make("p", { class: "key-of-chart" });
  const part = section(measure, svg, key);
  root.append(part);
  const head = shape("line", { class: "playhead" });
  const axes = () => {
    const { clientWidth: width, clientHeight: height } = svg;
    return new Axes(frameIn({ width, height }), totalSteps(store.state), 1);
  };

  function draw() {
    const { clientWidth: width, clientHeight: height } = svg;
    if (!width || !height) return;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("aria-label", measure.say(store.state));
    const chart = { ...measure.chart(store.state), names: undefined }; // the key below has them
    const drawing = drawingOf(chart, frameIn({ width, height }));
    svg.replaceChildren(...painted(drawing), head);
    move(store.state);
  }

  /** @param {State} state */
  function move(state) {
    showHead(head, axes(), playhead(state));
    write(/** @type {Element} */ (part.querySelector(".value")), measure.value(state));
    const parts = measure.key(state);
    if (key.textContent !== parts.map((one) => one.textContent).join("")) key.replaceChildren(...parts);
  }

  store.subscribe(move);
  new ResizeObserver(draw).observe(svg);
  svg.addEventListener("click", (event) => {
    const x = event.clientX - svg.getBoundingClientRect().left;
    commands.lookAt(stepUnder(x, axes(), totalSteps(store.state)));
  });
}

/** @param {number} x  in the chart @param {Axes} axes @param {number} total */
function stepUnder(x, { left, right }, total) {
  const share = Math.max(0, Math.min(1, (x - left) / (right - left)));
  return Math.round(stepAt(share * along(total)));
}

/** @param {Element} head @param {Axes} axes @param {number} step */
export function showHead(head, axes, step) {
  const x = axes.x(step);
  for (const [name, value] of Object.entries({ x1: x, x2: x, y1: 0, y2: axes.floor }))
    head.setAttribute(name, String(value));
}
