// @ts-check
// Fetches a later layer of a network that is trained elsewhere. To be asked for it makes its program
// send it; small ones come as a film, large ones frame by frame.

import { api } from "../net/api.js";
import { isAskedFor, isSmallLayer, wantedFrames } from "../state/deep.js";
import { frameOf } from "../state/frames.js";
import { isLive } from "../state/selectors.js";
import { kindOf } from "../state/watched.js";

const REST_MILLISECONDS = 200;
/** So often a layer that isn't there is asked for again, or one that is looked at while it trains. */
const AGAIN_MILLISECONDS = 5000;

/** @param {import("../store.js").Store} store */
export function mountDeepFrames(store) {
  const asking = new DeepFrames(store);
  store.subscribe(() => asking.look());
  setInterval(() => asking.askAgain(), AGAIN_MILLISECONDS);
}

class DeepFrames {
  #isBusy = false;
  /** Which layer of which run was asked for as a whole. */
  #asked = "";
  /** What could not be had is not asked for again at once. */
  #failed = "";

  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
  }

  look() {
    const { state } = this.store;
    const { run, view } = state;
    if (!run || view.layer === null || !isAskedFor(state)) {
      this.#asked = "";
      return;
    }
    const key = `${run.id}/${view.layer}`;
    if (this.#asked !== key) {
      this.#asked = key;
      return this.#ask(run.id, view.layer);
    }
    const [step] = wantedFrames(state);
    if (this.#isBusy || step === undefined || this.#failed === `${key}/${step}`) return;
    this.#fetch(run.id, view.layer, step);
  }

  /** Whoever looks at a layer goes on asking for it: that is how its program knows. */
  askAgain() {
    const { state } = this.store;
    const { run, view } = state;
    if (document.hidden || !run || view.layer === null || !isAskedFor(state) || !isLive(state)) return;
    this.#ask(run.id, view.layer);
  }

  /** @param {string} run @param {string} layer */
  async #ask(run, layer) {
    const frames = this.store.state.deep?.layer === layer ? this.store.state.deep.frames : [];
    if (isSmallLayer(this.store.state) && !frames.length) {
      const film = await api.film(run, layer).catch(() => null);
      if (film?.steps.length) return this.store.dispatch({ type: "film_loaded", run, film });
    } else {
      await api.stepsOf(run, layer).catch(() => null);
    }
    if (!frames.length) this.store.dispatch({ type: "deep_awaited", run, layer });
  }

  /** @param {string} run @param {string} layer @param {number} step */
  async #fetch(run, layer, step) {
    this.#isBusy = true;
    try {
      const told = await api.snapshot(run, step, layer);
      const frame = frameOf({ step, layer, kernel: told.kernel }, kindOf(this.store.state.run, layer));
      this.store.dispatch({ type: "deep_told", run, layer, frame });
    } catch {
      this.#failed = `${run}/${layer}/${step}`;
    }
    setTimeout(() => {
      this.#isBusy = false;
      this.look();
    }, REST_MILLISECONDS);
  }
}
