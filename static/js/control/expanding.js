// @ts-check
// Asks for a later layer in pixels: one step at a time, the newest wanted, a few times a second.

import { ApiError, api } from "../net/api.js";
import { frameOf } from "../state/frames.js";
import { wantedPictures } from "../state/pictures.js";

const REST_MILLISECONDS = 250;
/** What asking again would not change. */
const FOR_GOOD = [409, 422];

/** @param {import("../store.js").Store} store */
export function mountExpanding(store) {
  const expanding = new Expanding(store);
  store.dispatch({ type: "pictures_promised" });
  store.subscribe(() => expanding.look());
}

class Expanding {
  #isBusy = false;
  /** What could not be had is not asked for again at once. */
  #failed = "";

  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
  }

  look() {
    const { run, view } = this.store.state;
    if (this.#isBusy || !run || view.layer === null) return;
    const [step] = wantedPictures(this.store.state);
    if (step === undefined || this.#failed === `${run.id}/${view.layer}/${step}`) return;
    this.#isBusy = true;
    this.#ask(run.id, view.layer, step);
  }

  /** @param {string} run @param {string} layer @param {number} step */
  async #ask(run, layer, step) {
    try {
      const told = await api.expanded(run, step, layer);
      const [frame, picture] = [told.kernel, told.expanded].map((kernel) => frameOf({ step, layer, kernel }));
      this.store.dispatch({ type: "picture_told", run, layer, frame, picture });
    } catch (error) {
      this.#failed = `${run}/${layer}/${step}`;
      if (error instanceof ApiError && FOR_GOOD.includes(error.status))
        this.store.dispatch({ type: "pictures_refused", run, layer });
    }
    setTimeout(() => {
      this.#isBusy = false;
      this.look();
    }, REST_MILLISECONDS);
  }
}
