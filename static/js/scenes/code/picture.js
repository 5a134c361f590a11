// @ts-check
// The picture under the filters: chosen among the data set's, and how large it may be.

import { changeDetails } from "../../control/details.js";
import { drawExamples } from "../../pictures/examples.js";
import { TestSet } from "../../pictures/test_set.js";
import { numberIn } from "../../state/details.js";
import { byId } from "../../views/elements.js";
import { SeenPictures } from "./seen.js";
import { specimenOf } from "./specimen.js";

const USUAL_DIGIT = 7;
/** CSS pixels. */
const [NARROW, TALL] = [700, 840];

export class Picture {
  /** @param {import("../../store.js").Store} store @param {() => void} redraw */
  constructor(store, redraw) {
    this.store = store;
    this.seen = new SeenPictures(redraw);
    this.testSet = new TestSet(redraw);
  }

  /** Why it can't be shown. */
  get problem() {
    return this.seen.problem;
  }

  /**
   * Lays the filters over it; null while it isn't here, or where there is none.
   * @param {import("../../types.js").State} state
   * @param {import("./subject.js").Subject} subject
   */
  under({ run, frames, view }, subject) {
    const isReady = subject.run === null || frames.length > 0;
    if (!isReady || !subject.isFirst || (subject.run && run?.can?.look !== "data")) return null;
    const examples = this.testSet.examples(subject.recipe.dataset);
    const usual = examples.find(({ label, name }) => label === USUAL_DIGIT && name === "7") ?? examples[0];
    const index = numberIn(view.details.picture) ?? usual?.index ?? null;
    drawExamples(byId("code-examples"), examples, index, (chosen) =>
      changeDetails(this.store, { picture: String(chosen), row: "", column: "" }),
    );
    const seen = index === null ? null : this.seen.of(subject, index);
    return seen && specimenOf(subject, seen, view, roomOf());
  }
}

/** How large the picture may be, in CSS pixels: what follows from it is to be seen with it. */
function roomOf() {
  const { clientWidth: width } = byId("code-figures");
  if (width < NARROW) return Math.max(112, Math.floor((width - 12) / 2));
  return width < 1000 || byId("scene-code").clientHeight < TALL ? 252 : 288;
}
