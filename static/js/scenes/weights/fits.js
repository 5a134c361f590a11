// @ts-check
// Which known rule may have drawn the first numbers of a network that somebody's own program trains.

import { api } from "../../net/api.js";
import { beginsAtStart, isWatched } from "../../state/watched.js";
import { streamedLayer } from "../../state/run.js";

/** @typedef {import("../../net/answers.js").FirstWeightsAnswer} Fits */

/** Asks once for each layer of each run. */
export class StartFits {
  /** @type {Map<string, Fits | null>} */
  #known = new Map();

  /** @param {() => void} heard */
  constructor(heard) {
    this.heard = heard;
  }

  /** Null where nobody can tell, or until it is told. @param {import("../../types.js").State} state */
  look(state) {
    const { run, view, frames } = state;
    if (!run || !isWatched(state) || !beginsAtStart(run) || !frames.length) return null;
    const layer = view.layer ?? streamedLayer(state);
    const key = `${run.id}/${layer}`;
    if (!this.#known.has(key)) {
      this.#known.set(key, null);
      api.firstWeights(run.id, layer).then(
        (told) => this.#known.set(key, told) && this.heard(),
        () => {},
      );
    }
    return this.#known.get(key) ?? null;
  }
}
