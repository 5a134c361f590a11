// @ts-check
// What the filters are, right answers and error, each over the steps, with the playhead through all.

import { along, stepAt } from "../charts/axis.js";
import { curveSummary, valueAt } from "../charts/curves.js";
import { sharesSummary } from "../charts/shares.js";
import { EDGES_OR_LINES } from "../contract.js";
import { objectiveOf } from "../state/objective.js";
import { judgedFrame, orientedOf, playhead, totalSteps } from "../state/selectors.js";
import { make, write } from "../views/elements.js";
import { fixed, percent } from "../words/numbers.js";
import { OBJECTIVES } from "../words/objectives.js";
import { drawShares, sharesKey } from "./shares.js";
import { grid, placing, shape, through } from "./svg.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {{width: number, height: number, total: number}} Room
 * @typedef {{id: string, title: string, aside: string, draw: (state: State, room: Room) => Element,
 *   say: (state: State) => string, value: (state: State) => string, key: (state: State) => Node[]}} Chart
 */

/** @param {import("../store.js").Store} store @param {import("../control/commands.js").Looking} commands */
export function mountCurves(store, commands) {
  const root = /** @type {HTMLElement} */ (document.getElementById("curves"));
  const { error, noAnswers } = OBJECTIVES[objectiveOf(store.state)];
  for (const chart of charts(error)) {
    if (chart.id === "accuracy" && noAnswers)
      root.append(section(chart, make("p", { class: "under" }, noAnswers)));
    else mount(chart, root, store, commands);
  }
}

/** @param {string} error @returns {Chart[]} */
function charts(error) {
  const shares = {
    id: "shares",
    title: "What the filters are",
    aside: "",
    draw: (/** @type {State} */ state, /** @type {Room} */ room) => drawShares(state.frames, room),
    say: (/** @type {State} */ state) => sharesSummary(state.frames),
    value: (/** @type {State} */ state) => `${orientedOf(judgedFrame(state))} ${EDGES_OR_LINES}`,
    key: (/** @type {State} */ state) => sharesKey(judgedFrame(state)),
  };
  return [shares, curve("accuracy", "Right answers", ""), curve("loss", "Error", error)];
}

/** @param {"accuracy" | "loss"} quantity @param {string} title @param {string} aside @returns {Chart} */
function curve(quantity, title, aside) {
  const say = quantity === "accuracy" ? percent : (/** @type {number} */ value) => fixed(value);
  const names =
    quantity === "accuracy" ? ["new pictures", "training", "guessing"] : ["new pictures", "training"];
  return {
    id: quantity,
    title,
    aside,
    draw: (state, room) => drawCurve(quantity, state, room),
    say: (state) => curveSummary(quantity, state.training, state.evaluations),
    value: (state) => {
      const { step, [quantity]: value } = state.evaluations;
      const found = valueAt({ step, value }, along(playhead(state)));
      return Number.isFinite(found) ? say(found) : "";
    },
    key: () => names.map((name) => make("span", { class: `key-line ${name.replace(" ", "-")}` }, name)),
  };
}

/** @param {"accuracy" | "loss"} quantity @param {State} state @param {Room} room */
function drawCurve(quantity, { training, evaluations, run }, { width, height, total }) {
  const trained = { step: training.step, value: training[quantity] };
  const most = quantity === "accuracy" ? 1 : Math.max(0.1, ...trained.value, ...evaluations[quantity]) * 1.06;
  const place = placing(width, height, total, most);
  const whole = quantity === "accuracy";
  const ticks = whole ? [0, 0.5, 1] : [0, 0.5, 1].map((part) => Number((part * most * 0.94).toPrecision(1)));
  const lines = shape(
    "g",
    {},
    grid(place, { width, height, total, ticks, say: whole ? (value) => String(value * 100) : String }),
  );
  const classes = run?.described.class_names.length || 10;
  if (whole)
    lines.append(
      shape("line", {
        class: "guessing",
        x1: place.x(0),
        x2: place.x(total),
        y1: place.y(1 / classes),
        y2: place.y(1 / classes),
      }),
    );
  lines.append(shape("path", { class: "training", d: through(place, trained.step, trained.value) }));
  lines.append(
    shape("path", { class: "new-pictures", d: through(place, evaluations.step, evaluations[quantity]) }),
  );
  return lines;
}

/** @param {Chart} chart @param {...Node} content */
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
 * @param {Chart} chart
 * @param {HTMLElement} root
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
function mount(chart, root, store, commands) {
  const svg = /** @type {SVGElement} */ (shape("svg", { role: "img" }));
  const key = make("p", { class: "key-of-chart" });
  const part = section(chart, svg, key);
  root.append(part);
  const head = shape("line", { class: "playhead" });
  /** @type {ReturnType<typeof placing> | null} */
  let place = null;

  function draw() {
    const { clientWidth: width, clientHeight: height } = svg;
    if (!width || !height) return;
    const total = totalSteps(store.state);
    place = placing(width, height, total, 1);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("aria-label", chart.say(store.state));
    svg.replaceChildren(chart.draw(store.state, { width, height, total }), head);
    move(store.state);
  }

  /** @param {State} state */
  function move(state) {
    const x = place?.x(playhead(state)) ?? 0;
    for (const [name, value] of Object.entries({ x1: x, x2: x, y1: 0, y2: svg.clientHeight - 20 }))
      head.setAttribute(name, String(value));
    write(/** @type {Element} */ (part.querySelector(".value")), chart.value(state));
    const parts = chart.key(state);
    if (key.textContent !== parts.map((one) => one.textContent).join("")) key.replaceChildren(...parts);
  }

  store.subscribe(move);
  new ResizeObserver(draw).observe(svg);
  svg.addEventListener("click", (event) => {
    const share = place?.share(event.clientX - svg.getBoundingClientRect().left) ?? 0;
    commands.lookAt(Math.round(stepAt(share * along(totalSteps(store.state)))));
  });
}
