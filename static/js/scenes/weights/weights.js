// @ts-check
// The scene of the first numbers: what this run drew, and what another rule or shape would.

import { loadPlotly } from "../../charts/plotly.js";
import { tellReadings } from "../../charts/reading.js";
import { CONFIG, onThemeChange } from "../../charts/theme.js";
import { canRerun } from "../../state/known.js";
import { isFromElsewhere } from "../../state/watched.js";
import { Changes } from "../../views/changes.js";
import { byId, make, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";
import { Book } from "./book.js";
import { startChart } from "./chart.js";
import { mountControls } from "./controls.js";
import { measured } from "./density.js";
import { createDraws } from "./draws.js";
import { StartFits } from "./fits.js";
import { showFormula } from "./formula.js";
import { startOf, stretchOf, triedOf } from "./start.js";
import { foundWords, said, underFits, underOf, underWithout } from "./words.js";
import { showReasons } from "./why.js";

/** @typedef {import("./book.js").Answer} Answer */

/** The rules that the server draws by; some known ones it only tells apart. */
const DRAWN = /^(glorot|he|lecun)_(uniform|normal)$/;
const BY_CHANCE = "Who chose the first numbers? Chance, within a bound.";

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  const draw = () => {
    if (store.state.view.scene !== "weights") return;
    run.draw(store.state);
    lab.draw(store.state);
  };
  const run = new RunPart(draw);
  const lab = new LabPart(store, commands, draw);
  store.subscribe(draw);
  onThemeChange(() => [run, lab].forEach(({ chart }) => chart.forget()));
  onThemeChange(draw);
}

/** What this run drew. */
class RunPart {
  /** @param {() => void} redraw */
  constructor(redraw) {
    this.book = new Book(redraw);
    this.fits = new StartFits(redraw);
    this.chart = new WeightChart("weights-run", redraw);
  }

  /** @param {import("../../types.js").State} state */
  draw(state) {
    const fits = this.fits.look(state);
    const start = startOf(state, fits);
    const isDrawn = start && start.name !== "zeros" && (!fits || DRAWN.test(start.name));
    const drawn = isDrawn
      ? this.book.look({ name: start.name, shape: start.frame.kernel.shape, seed: 0 })
      : null;
    write(
      byId("weights-title"),
      isFromElsewhere(state) && !fits?.fits.length ? "Who chose the first numbers?" : BY_CHANCE,
    );
    write(byId("weights-under"), wordsUnder(state, fits, start, drawn));
    byId("weights-run").hidden = state.run !== null && !canRerun(state) && !drawn;
    showRun(start, drawn, this.chart);
  }
}

/**
 * @param {import("../../types.js").State} state
 * @param {import("./fits.js").Fits | null} fits
 * @param {import("./start.js").Start | null} start
 * @param {Answer | null | undefined} drawn
 */
function wordsUnder({ run }, fits, start, drawn) {
  if (run && fits) return underFits(run, fits);
  return run && !start ? underWithout(run) : underOf(start, drawn);
}

/** What another rule or shape would draw. */
class LabPart {
  /**
   * @param {import("../../store.js").Store} store
   * @param {import("../../types.js").Commands} commands
   * @param {() => void} redraw
   */
  constructor(store, commands, redraw) {
    this.book = new Book(redraw);
    this.chart = new WeightChart("weights-lab", redraw);
    this.showDraws = createDraws();
    this.showControls = mountControls(store, commands);
  }

  /** @param {import("../../types.js").State} state */
  draw(state) {
    const tried = triedOf(state);
    this.showControls(tried);
    const answer = this.book.look(tried);
    if (!answer) return;
    showFormula(byId("weights-lab").querySelector(".formula"), answer);
    this.chart.draw(answer.weights, answer, true);
    this.showDraws(answer);
    showReasons(answer);
    document.querySelector(".weights-parts")?.classList.remove("waiting");
  }
}

/**
 * @param {import("./start.js").Start | null} start
 * @param {Answer | null | undefined} answer
 * @param {WeightChart} chart
 */
function showRun(start, answer, chart) {
  const root = byId("weights-run");
  root.classList.toggle("waiting", !start || !answer);
  write(byId("weights-run-rule"), start ? `${start.name}, ${start.frame.layer}` : "");
  if (!start || !answer) return;
  const stretch = start.stretched ? stretchOf(answer) : 1;
  const scaled = {
    ...answer,
    bound: answer.bound * stretch,
    standard_deviation: answer.standard_deviation * stretch,
  };
  const { weights } = start.frame.kernel;
  const found = measured(weights);
  showFormula(root.querySelector(".formula"), answer);
  chart.draw(weights, scaled);
  write(byId("weights-run-words"), foundWords(start, found, answer));
  showNumbers(root.querySelector("dl"), [
    ...fansOf(start.frame.kernel.shape, answer),
    start.stretched
      ? ["Bound, before and after stretching", `${said(answer.bound)}, ${said(scaled.bound)}`]
      : ["Bound", said(answer.bound)],
    ["Smallest and largest drawn", `${said(found.low)} and ${said(found.high)}`],
    ["σ: promised, found", `${said(scaled.standard_deviation)}, ${said(found.deviation)}`],
    ["Mean: promised, found", `0, ${fixed(found.mean, 4)}`],
  ]);
}

/** @param {import("../../types.js").Kernel["shape"]} shape @param {Answer} answer @returns {string[][]} */
function fansOf([height, width, channels, filters], answer) {
  const field = `${height} · ${width}`;
  return [
    ["fan_in: how many numbers enter one sum", `${field} · ${channels} = ${answer.fan_in}`],
    ["fan_out: how many sums one number enters", `${field} · ${filters} = ${answer.fan_out}`],
  ];
}

/** @param {HTMLElement} list @param {string[][]} rows */
function showNumbers(list, rows) {
  if (list.children.length !== rows.length)
    list.replaceChildren(...rows.map(() => make("div", { class: "fact" }, make("dt"), make("dd"))));
  rows.forEach(([name, value], index) => {
    write(list.children[index].children[0], name);
    write(list.children[index].children[1], value);
  });
}

/** A chart that is drawn where something of it changed. */
class WeightChart {
  #changes = new Changes();
  /** @type {import("../../charts/plotly.js").Plotly | null} */
  #plotly = null;

  /** @param {string} id  of the part of the page around it @param {() => void} redraw */
  constructor(id, redraw) {
    this.box = byId(id).querySelector(".chart");
    this.plot = this.box.querySelector(".plot");
    new ResizeObserver(redraw).observe(this.box);
    loadPlotly().then((loaded) => {
      this.#plotly = loaded;
      redraw();
    });
  }

  forget() {
    this.#changes.forget();
  }

  /** @param {Float32Array} weights @param {Answer} answer @param {boolean} [wrong] */
  draw(weights, answer, wrong = false) {
    const { box, plot } = this;
    const { clientWidth: width, clientHeight: height } = box;
    if (!this.#plotly || width < 80) return;
    if (!this.#changes.found(weights, answer.name, answer.bound, width, height)) return;
    const first = !plot.classList.contains("js-plotly-plot");
    const { data, layout } = startChart(weights, answer, { width, height }, { wrong });
    this.#plotly.react(plot, data, layout, CONFIG);
    if (first) tellReadings(plot, box, String);
    const what = `${weights.length} weights of ${answer.name} as a histogram`;
    box.setAttribute("aria-label", `${what}, none beyond ${said(answer.bound)}.`);
  }
}
