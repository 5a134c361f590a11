// @ts-check
// The run the tour is about, and those it visits on the way: 3 × 3 filters, shuffled pixels.

import { api } from "../net/api.js";
import { asking } from "../control/asking.js";
import { SPOILS, recipeAgain } from "../control/recipes.js";
import { KERAS_STEPS } from "./doubts.js";
import { exampleOf } from "./figures.js";

/** @typedef {import("./steps.js").Offer} Offer */

/** The experiment that the tour itself trains. */
export const QUICK = "dead-leaves";
const KERAS = { preset: "keras-mnist", steps: KERAS_STEPS, name: "The Keras example, begun" };

export class Guests {
  /** The run to come back to. @type {string | null} */
  #own = null;
  /** @type {Set<string>} */
  #visited = new Set();
  /** @type {number | null} */
  #picked = null;
  /** Whether the tour has the page look at step 0. */
  #isHeld = false;

  /**
   * @param {import("../store.js").Store} store
   * @param {import("../types.js").Commands} commands
   */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
  }

  /** Back to the run the tour is about, unless the step is about a visit. @param {boolean} mayStay */
  async home(mayStay) {
    if (!mayStay && this.#isGuest() && this.#own !== null) await this.commands.openRun(this.#own);
  }

  /** Where there is no run, the tour is about the experiment that takes the fewest seconds. */
  prepare() {
    const { run, missing, access, choice } = this.store.state;
    if (run || missing || access !== "full") return;
    if (choice.preset !== QUICK) this.commands.choosePreset(QUICK);
    if (choice.spoil !== "none") this.commands.chooseSpoil("none");
  }

  /**
   * Stands at step 0, or lets go of that. The viewer may look elsewhere meanwhile.
   * @param {boolean} atStart
   */
  hold(atStart) {
    if (atStart && !this.#isHeld && this.store.state.run) this.commands.lookAt(0);
    if (!atStart && this.#isHeld) this.commands.lookLive();
    this.#isHeld = atStart && this.store.state.run !== null;
  }

  /** Picks anew the filter that the tour itself picked; the viewer's own choice stays. */
  pick() {
    const { state } = this.store;
    if (state.view.filter !== null && state.view.filter !== this.#picked) return;
    this.#picked = exampleOf({ ...state, view: { ...state.view, filter: null } });
    this.commands.chooseFilter(this.#picked);
  }

  /** The layer and the filter of a step. @param {import("./steps.js").Spot} spot */
  arrange({ layer, filter }) {
    const { run, view } = this.store.state;
    if ((layer ?? null) !== view.layer && run) this.commands.chooseLayer(layer ?? run.layers?.[0] ?? "conv1");
    if (filter !== undefined && filter !== this.store.state.view.filter) this.commands.chooseFilter(filter);
  }

  /** @param {Offer | null} offer */
  take(offer) {
    const { run } = this.store.state;
    if (offer?.does === "start") return this.commands.start();
    if (offer?.does === "replay") return this.commands.replay();
    if (offer?.does === "rule") return this.commands.openScene("weights");
    if (offer?.does === "open" && offer.id) return this.#visit(offer.id);
    if (offer?.does === "leaves") return this.#begin({ preset: "dead-leaves" });
    if (offer?.does === "keras") return this.#begin(KERAS);
    if (offer?.does === "shuffle" && run) return this.#begin(recipeAgain(run, SPOILS.pixels));
    if (offer?.does === "draw") {
      this.store.dispatch({ type: "tour_chosen", tour: null });
      return this.commands.openScene("draw");
    }
  }

  #isGuest() {
    return this.#visited.has(this.store.state.run?.id ?? "");
  }

  /** Opens a run and remembers that it is a visit. @param {string} id */
  async #visit(id) {
    this.#own = this.#isGuest() ? this.#own : (this.store.state.run?.id ?? null);
    this.#visited.add(id);
    await this.commands.openRun(id);
  }

  /** @param {object} recipe */
  async #begin(recipe) {
    const run = await asking(this.store, "start", () => api.start(recipe));
    if (!run) return;
    await this.#visit(run.id);
    this.commands.loadRuns();
  }
}
