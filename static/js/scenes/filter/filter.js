// @ts-check
// One filter, understood: what it is, how it became so, why it is called so, what it does.

import { onThemeChange } from "../../charts/theme.js";
import { isOriented } from "../../state/selectors.js";
import { Changes } from "../../views/changes.js";
import { byId, write } from "../../views/elements.js";
import { Answers } from "./answers.js";
import { FilterCopy } from "./copy.js";
import { createCourse } from "./course.js";
import { drawExpanded } from "./expanded.js";
import { drawPull } from "./pull.js";
import { Sees } from "./sees.js";
import { FilterItself } from "./self.js";
import { showSpectrum } from "./shown_spectrum.js";
import { Strip } from "./strip.js";
import { pictureOf, subjectOf } from "./subject.js";
import { Why } from "./why.js";
import { sinceOf } from "./words.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {import("./answers.js").Told} Told
 */

/**
 * @param {import("../../store.js").Store} store
 * @param {import("../../types.js").Commands} commands
 */
export function mount(store, commands) {
  const scene = new FilterScene(store, commands);
  store.subscribe((state) => scene.watch(state));
  new ResizeObserver(() => scene.drawAnew()).observe(scene.root);
  onThemeChange(() => scene.drawAnew());
}

class FilterScene {
  #changes = new Changes();
  #isEntered = false;

  /** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.root = byId("scene-filter");
    this.root.classList.add("stale"); // nothing is told of any filter yet
    this.answers = new Answers(store, () => this.#drawIfShown());
    this.self = new FilterItself(store, commands);
    this.copy = new FilterCopy(store, () => this.#drawIfShown());
    this.strip = new Strip(commands);
    this.course = createCourse(store, commands, () => subjectOf(store.state));
    this.why = new Why();
    this.sees = new Sees(store, commands);
  }

  /** @param {State} state */
  watch(state) {
    const isShown = state.view.scene === "filter";
    if (this.#isEntered !== isShown) moveFocus(this.root, state.view.filter, isShown);
    this.#isEntered = isShown;
    if (isShown) this.#draw(state);
  }

  drawAnew() {
    this.#changes.forget();
    this.#drawIfShown();
  }

  #drawIfShown() {
    if (this.store.state.view.scene === "filter") this.#draw(this.store.state);
  }

  /** @param {State} state */
  #draw(state) {
    const subject = subjectOf(state);
    this.root.classList.toggle("waiting", !subject);
    if (!subject) return;
    this.answers.see(state);
    const told = this.answers.told();
    this.self.draw(subject, state, told.filter.value);
    this.copy.draw(subject, state);
    this.course.draw(subject);
    const followsFrom = [...Object.values(subject), ...Object.values(told).flatMap(Object.values)];
    // Of a drag, most pixels are within one frame.
    if (this.#changes.found(...followsFrom, pictureOf(state), state.run)) this.#tell(subject, told, state);
  }

  /** @param {Subject} subject @param {Told} told @param {State} state */
  #tell(subject, told, state) {
    this.root.classList.toggle("unstarted", !state.run);
    this.root.classList.toggle("stale", !told.filter.current);
    this.root.classList.toggle("deep", subject.deep);
    this.strip.draw(subject, state.run);
    const isNamed = isOriented(subject.frame.verdicts?.label[subject.filter]);
    write(byId("filter-course-title-words"), isNamed ? "How it became one" : "How it changed");
    write(byId("filter-since"), sinceOf(subject, state.run));
    this.why.draw(subject, told);
    drawExpanded(subject, told);
    drawPull(subject, told, state);
    this.sees.draw(subject, told);
    showSpectrum(subject);
    showTrouble(told.filter.error);
  }
}

/**
 * What had the focus is gone with its scene: going in, it is on the way back; going back, on the filter.
 * @param {HTMLElement} root
 * @param {number | null} filter
 * @param {boolean} enters
 */
function moveFocus(root, filter, enters) {
  const { activeElement } = document;
  if (activeElement !== document.body && !(enters ? byId("stage") : root).contains(activeElement)) return;
  const tile = document.querySelector(`#montage .tile[data-filter="${filter}"]`);
  const target = enters ? byId("filter-back") : tile;
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}

/** @param {Error | null} error */
function showTrouble(error) {
  const line = byId("filter-trouble");
  line.hidden = !error;
  if (error) write(line, error.message);
}
