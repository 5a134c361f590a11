// @ts-check
// What the network on the stage takes for what, at the step looked at, and what each of its filters is worth.

import { changeDetails } from "../../control/details.js";
import { knows } from "../../state/known.js";
import { currentFrame, isMoving } from "../../state/selectors.js";
import { saidOf } from "../../state/switched.js";
import { Changes } from "../../views/changes.js";
import { byId, make, onChoice, write } from "../../views/elements.js";
import { FilterSwitch } from "../../views/filter_switch.js";
import { UNKNOWN } from "../../words/known.js";
import { Answers, follows, layerOf, switchedHere } from "./answers.js";
import { cellIn } from "./cell.js";
import { drawFindings } from "./findings.js";
import { drawLargest } from "./largest.js";
import { drawMatrix, listenToMatrix } from "./matrix.js";
import { listenToNothing, nothingWords, offerRuns } from "./nothing.js";
import { drawList } from "./pictures.js";
import { Ranking } from "./ranking.js";
import { Surgery, chosenFilter, outcomeOf } from "./surgery.js";
import { TrainingOn } from "./training_on.js";
import { countWords, headlineWords, mostWords } from "./words.js";
import { offTitle, spareOf, worthWords } from "./worth_words.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../types.js").Commands} Commands
 * @typedef {import("../../net/answers.js").AblationAnswer} Ablation
 */

const WAITING = "Trying the test pictures …";

/** @param {Store} store @param {Commands} commands */
export function mount(store, commands) {
  const scene = new MistakesScene(store, commands);
  const change = (/** @type {Record<string, string>} */ details) => changeDetails(store, details);
  listenToMatrix((cell) => change({ cell, all: "" }));
  byId("mistakes-largest").onclick = (/** @type {Event} */ { target }) => {
    const pressed = target instanceof Element ? target.closest("[data-cell]") : null;
    if (pressed instanceof HTMLElement) change({ cell: pressed.dataset.cell ?? "", all: "" });
  };
  byId("mistakes-all").onclick = () => change({ cell: "", all: "" });
  byId("mistakes-more").onclick = () => change({ all: store.state.view.details.all ? "" : "1" });
  byId("surgery-all").onclick = () => change(saidOf(null));
  listenToNothing(commands);
  byId("surgery-draw").onclick = () => commands.openScene("draw");
  byId("mistakes-layer").onchange = (/** @type {Event} */ { target }) =>
    target instanceof HTMLSelectElement && commands.chooseLayer(target.value);
  onChoice("mistakes-part", (part) => change({ part: part === "filters" ? part : "" }));
  store.subscribe((state) => scene.watch(state));
}

class MistakesScene {
  #told = new Changes();
  #off = "";

  /** @param {Store} store @param {Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.root = byId("scene-mistakes");
    this.answers = new Answers(store, () => this.#draw(store.state));
    const filterSwitch = new FilterSwitch(store, byId("surgery-switch"));
    this.ranking = new Ranking((filter) => commands.chooseFilter(filter), filterSwitch);
    this.surgery = new Surgery(filterSwitch);
    this.trainingOn = new TrainingOn(commands);
    byId("mistakes-spare-off").onclick = () => {
      const { value } = this.answers.told().worth;
      if (!value) return;
      changeDetails(store, saidOf({ layer: value.layer, filters: spareOf(value), how: "off" }));
    };
  }

  /** @param {State} state */
  watch(state) {
    if (state.view.scene !== "mistakes") return this.answers.rest();
    if (state.run && knows(state, "data")) this.answers.see(state);
    this.#draw(state);
  }

  /** @param {State} state */
  #draw(state) {
    if (state.view.scene !== "mistakes") return;
    offerRuns(state);
    if (!state.run) return clear(nothingWords(state));
    if (!knows(state, "data")) return clear(UNKNOWN.data);
    const { matrix, list, worth, without } = this.answers.told();
    const trouble = matrix.error ?? list.error;
    if (trouble) return clear(trouble.message);
    if (!matrix.value || !list.value) return clear(WAITING);
    const isPart = state.view.details.part === "filters";
    this.root.dataset.part = isPart ? "filters" : "said";
    this.root.classList.toggle("stale", !matrix.current && !isMoving(state));
    byId("mistakes-parts").hidden = false;
    this.#drawWorth(state, worth, without);
    write(byId("mistakes-title"), this.#off || headlineWords(matrix.value));
    if (!this.#told.found(matrix.value, list.value, state.view.details, state.run)) return;
    const cell = cellIn(state);
    write(byId("mistakes-under"), countWords(list.value));
    write(byId("mistakes-most"), mostWords(list.value));
    drawMatrix(matrix.value, cell);
    drawLargest(matrix.value, cell);
    drawList(list.value, cell, state.run, Boolean(state.view.details.all));
    for (const radio of this.root.querySelectorAll("input[name=mistakes-part]"))
      /** @type {HTMLInputElement} */ (radio).checked =
        (radio.getAttribute("value") === "filters") === isPart;
  }

  /**
   * @param {State} state
   * @param {import("../../net/memory.js").Answer<Ablation>} worth
   * @param {import("../../net/memory.js").Answer<Ablation>} without
   */
  #drawWorth(state, worth, without) {
    const frame = currentFrame(state);
    const value = worth.value?.layer === layerOf(state) ? worth.value : null;
    showLayers(state);
    byId("mistakes-worth").classList.toggle("stale", !worth.current);
    const trouble = worth.error ?? without.error;
    write(byId("mistakes-worth-under"), trouble ? trouble.message : worthWords(value, follows(state)));
    this.ranking.fill(value, frame);
    drawFindings(value, frame);
    byId("mistakes-surgery").hidden = !frame;
    if (!frame) return;
    const switched = switchedHere(state);
    const filter = chosenFilter(value, state.view.filter, frame.kernel.shape[3]);
    this.ranking.mark(filter, switched, layerOf(state));
    const known = { worth: value, without: without.value };
    this.surgery.draw(known, frame, filter, switched);
    this.trainingOn.draw(state, frame, switched);
    this.#off = switched ? offTitle(switched, outcomeOf(known, filter, switched)) : "";
  }
}

/** @param {State} state */
function showLayers(state) {
  const select = byId("mistakes-layer");
  const layers = state.run?.layers ?? [];
  select.hidden = layers.length < 2;
  if (select.options.length !== layers.length)
    select.replaceChildren(...layers.map((layer) => make("option", { value: layer }, layer)));
  if (select.value !== layerOf(state)) select.value = layerOf(state);
}

/** @param {string} words */
function clear(words) {
  write(byId("mistakes-title"), "What it gets wrong.");
  write(byId("mistakes-under"), words);
  write(byId("mistakes-most"), "");
  byId("mistakes-parts").hidden = true;
  byId("mistakes-list").replaceChildren();
}
