// @ts-check
// One filter, understood: what it is, how it became so, why it is called so, what it does.

import { onThemeChange } from "../../charts/theme.js";
import { isOriented } from "../../state/selectors.js";
import { Changes } from "../../views/changes.js";
import { byId, write } from "../../views/elements.js";
import { createAnswers } from "./answers.js";
import { createCourse } from "./course.js";
import { drawExpanded } from "./expanded.js";
import { drawPull } from "./pull.js";
import { createSees } from "./sees.js";
import { createSelf } from "./self.js";
import { showSpectrum } from "./shown_spectrum.js";
import { createStrip } from "./strip.js";
import { pictureOf, subjectOf } from "./subject.js";
import { createWhy } from "./why.js";
import { sinceOf } from "./words.js";

/**
 * @param {import("../../store.js").Store} store
 * @param {import("../../types.js").Commands} commands
 */
export function mount(store, commands) {
  const root = byId("scene-filter");
  root.classList.add("stale"); // nothing is told of any filter yet
  const isShown = () => store.state.view.scene === "filter";
  const answers = createAnswers(store, () => isShown() && draw(store.state));
  const self = createSelf(store, commands);
  const strip = createStrip(commands);
  const course = createCourse(store, commands, () => subjectOf(store.state));
  const why = createWhy();
  const sees = createSees(store, commands);
  const changes = new Changes();

  /** @param {import("../../types.js").State} state */
  function draw(state) {
    const subject = subjectOf(state);
    root.classList.toggle("waiting", !subject);
    if (!subject) return;
    answers.see(state);
    const told = answers.told();
    self.draw(subject, state);
    course.draw(subject);
    const wanted = [
      ...Object.values(subject),
      ...Object.values(told).flatMap(Object.values),
      pictureOf(state),
      state.run,
    ];
    // Of a drag, most pixels are within one frame.
    if (!changes.found(...wanted)) return;
    root.classList.toggle("unstarted", !state.run);
    root.classList.toggle("stale", !told.filter.current);
    strip.draw(subject);
    write(
      byId("filter-course-title-words"),
      isOriented(subject.frame.verdicts?.label[subject.filter]) ? "How it became one" : "How it changed",
    );
    write(byId("filter-since"), sinceOf(subject));
    why.draw(subject, told);
    drawExpanded(subject, told);
    drawPull(subject, told, state);
    sees.draw(subject, told);
    showSpectrum(subject);
    showTrouble(told.filter.error);
  }

  let entered = false;
  store.subscribe((state) => {
    if (entered !== isShown()) moveFocus(root, state.view.filter, isShown());
    entered = isShown();
    if (entered) draw(state);
  });
  const drawAnew = () => {
    changes.forget();
    if (isShown()) draw(store.state);
  };
  new ResizeObserver(drawAnew).observe(root);
  onThemeChange(drawAnew);
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
