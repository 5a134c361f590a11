// @ts-check
// From the copy to a run of its own: what is off stays at 0 while everything else trains on.

import { canSteer } from "../../state/known.js";
import { byId, write } from "../../views/elements.js";
import { trainingOnWords } from "../../words/going_on.js";
import { outOf } from "../../words/switched.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../state/switched.js").Switched} Switched
 */

export class TrainingOn {
  /** @type {{step: number, without: {[layer: string]: number[]}} | null} */
  #offered = null;

  /** @param {Pick<import("../../types.js").Commands, "trainWithout">} commands */
  constructor(commands) {
    this.button = byId("surgery-train");
    this.about = byId("surgery-train-about");
    this.button.onclick = () => {
      if (this.#offered && this.button.ariaDisabled !== "true")
        commands.trainWithout(this.#offered.step, this.#offered.without);
    };
  }

  /**
   * @param {State} state
   * @param {import("../../types.js").Frame} frame
   * @param {Switched | null} switched  filters of its layer
   */
  draw(state, frame, switched) {
    const out = switched && canSteer(state) ? outOf(switched, frame.kernel.shape[3]) : [];
    const isOffered = out.length > 0 && out.length < frame.kernel.shape[3] && state.access !== "watch";
    this.button.hidden = this.about.hidden = !isOffered;
    this.button.ariaDisabled = state.pending === null ? null : "true";
    this.#offered = isOffered ? { step: frame.step, without: { [frame.layer]: out } } : null;
    if (!isOffered || !state.run) return;
    write(this.button, out.length > 1 ? "Train on without them" : "Train on without it");
    write(this.about, trainingOnWords(state.run, frame.step, out));
  }
}
