// @ts-check
// Up to a dozen runs over one another: two charts, their filters in small, and a table of numbers.

import { drawingOf, frameIn } from "../../charts/drawing.js";
import { painted } from "../../charts/svg.js";
import { PERCENT } from "../../charts/ticks.js";
import { runTable } from "../../net/run_table.js";
import { byId, make, write } from "../../views/elements.js";
import { grouped, percent } from "../../words/numbers.js";
import { LETTERS, tableOf } from "./numbers_table.js";
import { Strips, drawStrip } from "./strips.js";
import { MOST_LAID_OVER } from "./offers.js";
import { differenceWords, stateOf } from "./words.js";

/**
 * @typedef {import("../../types.js").Run} Run
 * @typedef {import("../../net/answers.js").CoursesAnswer} Courses
 */

const PAINTS = [
  ...["accent", "adds", "ok", "structured", "ink", "blob", "takes", "danger", "line-label", "warn"],
  ...["ink3", "control"],
];
const FILTERS = 12;
const TILE = 27;

export class LaidOver {
  /** @type {Run[]} */
  #runs = [];
  /** @type {Map<string, Courses>} */
  #courses = new Map();
  #strips = new Strips(FILTERS, () => this.#drawStrips());

  /** @param {(run: Run) => void} open */
  constructor(open) {
    this.open = open;
    new ResizeObserver(() => this.#drawCharts()).observe(byId("runs-charts"));
  }

  /** @param {Run[]} runs */
  show(runs) {
    this.#runs = runs;
    const isFew = runs.length <= MOST_LAID_OVER;
    write(byId("runs-compared"), `${grouped(runs.length)} runs side by side`);
    write(byId("runs-compared-differ"), differenceWords(runs));
    byId("runs-charts").hidden = !isFew;
    byId("runs-strips").hidden = !isFew;
    byId("runs-numbers").replaceChildren(tableOf(runs, isFew));
    if (!isFew) return;
    byId("runs-strips").replaceChildren(...runs.map((run, at) => this.#tile(run, at)));
    this.#strips.need(runs);
    this.#drawStrips();
    this.#load(runs);
  }

  /** @param {Run[]} runs */
  async #load(runs) {
    this.#drawCharts();
    for (const { id } of runs) {
      const told = await runTable.courses(id).catch(() => null);
      if (runs !== this.#runs) return;
      if (told) this.#courses.set(id, told);
      this.#drawCharts();
    }
  }

  /** @param {Run} run @param {number} at */
  #tile(run, at) {
    const edges = run.filters ? percent(run.filters.oriented) : "–";
    const words = run.differences?.map((one) => one.words).join(", ") || stateOf(run) || "as the preset";
    const head = make("button", { class: "link", type: "button", onclick: () => this.open(run) });
    const paint = make("span", { class: "runs-letter" });
    paint.style.background = `var(--${PAINTS[at]})`;
    head.append(paint, `${LETTERS[at]} `, make("bdi", {}, run.name));
    const canvas = make("canvas", { "aria-hidden": "true", "data-run": run.id });
    return make("li", {}, head, canvas, make("p", { class: "quiet" }, `${edges} edges · ${words}`));
  }

  #drawStrips() {
    for (const canvas of byId("runs-strips").querySelectorAll("canvas")) {
      const run = this.#runs.find(({ id }) => id === canvas.dataset.run);
      if (run) drawStrip(canvas, this.#strips.of(run), TILE, FILTERS);
    }
  }

  #drawCharts() {
    if (byId("runs-compare").hidden || this.#runs.length > MOST_LAID_OVER) return;
    const courses = this.#runs.map(({ id }) => this.#courses.get(id));
    const edges = courses.map((one) => ({ step: one?.filters.step ?? [], value: one?.filters.edges ?? [] }));
    const right = courses.map((one) => ({
      step: one?.answers.step ?? [],
      value: one?.answers.accuracy ?? [],
    }));
    draw(byId("runs-edges-chart"), "Share of filters that are edges or lines", edges, this.#runs);
    draw(byId("runs-right-chart"), "Right answers on new pictures", right, this.#runs);
  }
}

/**
 * @param {HTMLElement} box
 * @param {string} title
 * @param {{step: number[], value: number[]}[]} courses
 * @param {Run[]} runs
 */
function draw(box, title, courses, runs) {
  const { clientWidth: width, clientHeight: height } = box;
  if (!width || !height) return;
  const total = Math.max(1, ...courses.map(({ step }) => step.at(-1) ?? 0));
  const series = courses.map((course, at) => ({
    ...course,
    name: LETTERS[at],
    paint: PAINTS[at],
    width: 2,
    say: (/** @type {number} */ index) => `${LETTERS[at]} ${percent(course.value[index])}`,
  }));
  const names = (/** @type {import("../../charts/axes.js").Axes} */ axes) =>
    series.filter(({ step }) => step.length > 1).map((one) => placesOf(axes, one));
  const drawing = drawingOf({ total, top: 1, ticks: PERCENT, series, names }, frameIn({ width, height }));
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(...painted(drawing));
  box.replaceChildren(svg);
  const ends = series.map(({ value }, at) => {
    const last = value.at(-1);
    return `${runs[at].name}: ${last === undefined ? "unknown" : percent(last)}`;
  });
  box.setAttribute("aria-label", `${title}, over the steps. At the end ${ends.join("; ")}.`);
}

/**
 * Its letter, on its curve where there is room.
 * @param {import("../../charts/axes.js").Axes} axes
 * @param {{name: string, step: number[], value: number[], paint: string}} series
 */
function placesOf(axes, { name, step, value }) {
  return [0.98, 0.9, 0.8, 0.7, 0.6, 0.5].map((part) => {
    const at = Math.min(step.length - 1, Math.round(part * (step.length - 1)));
    const [[x, y]] = axes.through([step[at]], [value[at]]);
    return axes.write(x, y - 5, name, { anchor: "middle", paint: "ink", weight: 600 });
  });
}
