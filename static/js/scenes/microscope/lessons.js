// @ts-check
// The lesson of the filter looked at: asked for, and shown when it is here.

import { streamedLayer } from "../../state/run.js";
import { isLive, isMoving } from "../../state/selectors.js";
import { createLearning, lessonKey } from "./learning.js";
import { LessonTables } from "./lesson.js";

export class Lessons {
  /** The last one that came. @type {import("./learning.js").Lesson | null} */
  #last = null;

  /** @param {() => void} redraw @param {(error: Error) => void} fail */
  constructor(redraw, fail) {
    this.tables = new LessonTables(redraw);
    this.learn = createLearning((lesson) => {
      this.#last = lesson;
      redraw();
    }, fail);
  }

  /** @param {import("./specimen.js").Specimen} specimen @param {import("../../types.js").State} state */
  draw(specimen, state) {
    const asked = {
      run: state.run?.id ?? "",
      step: specimen.step,
      layer: streamedLayer(state),
      filter: specimen.filter,
    };
    this.learn({ ...asked, live: isLive(state) && state.view.step === null, moving: isMoving(state) });
    this.tables.draw(specimen, this.#last?.key === lessonKey(asked) ? this.#last : null, state);
  }
}
