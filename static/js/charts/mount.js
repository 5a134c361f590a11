// @ts-check
// A chart of the state: drawn a few times a second, its playhead moved with every frame.

import { playhead, totalSteps } from "../state/selectors.js";
import { Changes } from "../views/changes.js";
import { byId, make } from "../views/elements.js";
import { atMostEvery } from "../views/headline.js";
import { stepNamed } from "../words/steps.js";
import { Plot } from "./plot.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {object} Measure  What is measured over the steps, and where on the page.
 * @property {string} id  of the part of the page around it
 * @property {(state: State) => import("./drawing.js").Chart} chart
 * @property {(state: State) => unknown[]} watch  what the chart follows from
 * @property {(state: State) => string} say  the chart in words
 * @property {(state: State) => [string, string]} head  the value at the playhead, and what it is
 * @property {(state: State) => number | null} bead  how high it is at the playhead, 0 to 1
 */

const DRAW_MILLISECONDS = 200;

/**
 * @param {Measure} measure
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountChart(measure, store, commands) {
  const part = byId(measure.id);
  const box = part.querySelector(".chart");
  const changes = new Changes();
  const plot = new Plot(box, follow, (step) => {
    if (store.state.frames.length) commands.lookAt(step);
  });
  box.setAttribute("aria-label", measure.say(store.state));
  const draw = atMostEvery(DRAW_MILLISECONDS, () => {
    const { state } = store;
    const { width, height } = plot.size;
    const from = state.run?.continues?.step ?? 0;
    if (!plot.hasRoom || !changes.found(...measure.watch(state), from, width, height)) return;
    plot.show({ ...measure.chart(state), from }, measure.say(state), (step) => stepNamed(state.run, step));
  });

  function follow() {
    const { state } = store;
    draw();
    showValue(part.querySelector(".value"), ...measure.head(state));
    plot.point(state.frames.length ? playhead(state) : null, totalSteps(state), measure.bead(state));
  }
  store.subscribe(follow);
}

/** @param {HTMLElement} element @param {string} value @param {string} words */
function showValue(element, value, words) {
  const key = `${value}|${words}`;
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  element.replaceChildren(...(value ? [make("b", {}, value), " ", make("small", {}, words)] : []));
}
