// @ts-check
// The run the tour is about, and those it visits on the way: 3 × 3 filters, shuffled pixels.

import { api } from "../net/api.js";
import { SPOILS, recipeAgain } from "../control/recipes.js";
import { KERAS_STEPS } from "./doubts.js";
import { exampleOf } from "./figures.js";

/** @typedef {import("./steps.js").Offer} Offer */

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function createGuests(store, commands) {
  /** The run to come back to. @type {string | null} */
  let own = null;
  /** @type {Set<string>} */
  const visited = new Set();

  /** @type {number | null} */
  let picked = null;

  /** Opens a run and remembers that it is a visit. @param {string} id */
  async function visit(id) {
    own = isGuest() ? own : (store.state.run?.id ?? null);
    visited.add(id);
    await commands.openRun(id);
  }

  const isGuest = () => visited.has(store.state.run?.id ?? "");

  /** @param {object} recipe */
  async function begin(recipe) {
    if (store.state.pending !== null) return;
    store.dispatch({ type: "request_began", what: "start" });
    try {
      const run = await api.start(recipe);
      store.dispatch({ type: "request_ended" });
      await visit(run.id);
      commands.loadRuns();
    } catch (error) {
      store.dispatch({
        type: "request_failed",
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  return {
    /** Back to the run the tour is about, unless the step is about a visit. @param {boolean} mayStay */
    async home(mayStay) {
      if (mayStay || !isGuest() || own === null) return;
      await commands.openRun(own);
    },
    /** Picks anew the filter that the tour itself picked; the viewer's own choice stays. */
    pick() {
      const { state } = store;
      if (state.view.filter !== null && state.view.filter !== picked) return;
      picked = exampleOf({ ...state, view: { ...state.view, filter: null } });
      commands.chooseFilter(picked);
    },
    /** The layer and the filter of a step. @param {import("./steps.js").Spot} spot */
    arrange({ layer, filter }) {
      const { run, view } = store.state;
      if ((layer ?? null) !== view.layer && run) commands.chooseLayer(layer ?? run.layers?.[0] ?? "conv1");
      if (filter !== undefined && filter !== store.state.view.filter) commands.chooseFilter(filter);
    },
    /** @param {Offer | null} offer */
    take(offer) {
      const { run } = store.state;
      if (offer?.does === "start") return commands.start();
      if (offer?.does === "replay") return commands.replay();
      if (offer?.does === "rule") return commands.openScene("weights");
      if (offer?.does === "open" && offer.id) return visit(offer.id);
      if (offer?.does === "leaves") return begin({ preset: "dead-leaves" });
      if (offer?.does === "keras")
        return begin({ preset: "keras-mnist", steps: KERAS_STEPS, name: "The Keras example, begun" });
      if (offer?.does === "shuffle" && run) return begin(recipeAgain(run, SPOILS.pixels));
      if (offer?.does === "draw") {
        store.dispatch({ type: "tour_chosen", tour: null });
        return commands.openScene("draw");
      }
    },
  };
}
