// @ts-check
// What one can do: each command asks the server where it must and tells the store what came of it.

import { ApiError, api } from "../net/api.js";
import { frameOf } from "../state/frames.js";
import { initialState } from "../state/initial.js";
import { choiceKey } from "../state/selectors.js";
import { isFromElsewhere } from "../state/watched.js";
import { messageOf } from "./asking.js";
import { Following } from "./following.js";
import { createLaunching } from "./launching.js";
import { recipeOf } from "./recipes.js";
import { createSteering } from "./steering.js";

/** @typedef {import("../store.js").Store} Store */
/** @typedef {import("../net/address.js").Said} Said */

/** @param {Store} store */
export function createSession(store) {
  const following = new Following(store);
  const launching = createLaunching(store, following);
  const opening = new Opening(store, following);
  previewAfterBuilding(store);
  return {
    ...launching,
    ...createSteering(store, launching.start),
    leave: () => opening.leave(),
    openRun: (/** @type {string} */ id) => opening.openRun(id),
    choosePreset: (/** @type {string} */ preset) => opening.choose({ preset, changes: {} }),
    chooseLinked: (/** @type {Said | undefined} */ said) => opening.chooseLinked(said),
    chooseSpoil: (/** @type {import("../types.js").Spoil} */ spoil) => opening.choose({ spoil }),
    loadRuns: () => following.loadRuns(),
    reconnect: () => following.retry(),
    preview: () => following.settled.then(() => preview(store)),
    changeChoice: (/** @type {Record<string, string>} */ changes) =>
      store.dispatch({ type: "chosen", choice: { changes } }),
    moreRuns: () => following.moreRuns(),
    ...createDeleting(opening),
    chooseLayer(/** @type {string} */ layer) {
      const { run, frames } = store.state;
      const streamed = !run || layer === (frames[0]?.layer ?? run.layers?.[0]);
      store.dispatch({ type: "layer_chosen", layer: streamed ? null : layer });
      if (!streamed && run && !isFromElsewhere(store.state)) following.loadFilm(run.id, layer);
    },
  };
}

/** @param {Opening} opening */
const createDeleting = (opening) => ({
  deleteRuns: async (/** @type {import("../types.js").Run[]} */ runs) =>
    (await opening.deleting())?.remove(runs),
  deleteSweep: async (/** @type {import("../net/sweeps.js").Told} */ sweep) =>
    (await opening.deleting())?.removeSweep(sweep) ?? false,
  undoDeletion: async () => (await opening.deleting())?.undo(),
});

/** Which run is on the stage, or which experiment before one is started. */
class Opening {
  /** How often something was opened or left: what comes late is of no more use. */
  #turn = 0;
  /** @type {Promise<import("./deleting.js").Deleting | null> | null} */
  #deleting = null;

  /** @param {Store} store @param {Following} following */
  constructor(store, following) {
    this.store = store;
    this.following = following;
  }

  leave() {
    this.#turn += 1;
    this.following.leave();
    this.store.dispatch({ type: "run_left" });
  }

  /** @param {Partial<import("../types.js").Choice>} choice */
  choose(choice) {
    this.leave();
    this.store.dispatch({ type: "chosen", choice });
    preview(this.store);
  }

  /** An experiment and settings, as a link says them; none is the usual one. @param {Said} [said] */
  chooseLinked(said) {
    const usual = initialState().choice;
    if (!said && choiceKey(this.store.state.choice) === choiceKey(usual)) return;
    if (!said) return this.choose({ ...usual, changes: {} });
    this.following.settled = this.#settle(said, usual.preset, ++this.#turn);
    this.following.settled.then(() => {
      if (this.store.state.presets && !this.store.state.run) preview(this.store);
    });
  }

  /** @param {Said} said @param {string} usual @param {number} turn */
  async #settle(said, usual, turn) {
    const { chooseSaid } = await import("./linked.js");
    await chooseSaid(this.store, said, usual, () => turn === this.#turn);
  }

  /** Fetched when something is deleted for the first time; null, which is said, where it can't be. */
  deleting() {
    this.#deleting ??= import("./deleting.js").then(
      ({ Deleting }) =>
        new Deleting(this.store, {
          leave: () => this.leave(),
          openRun: (id) => this.openRun(id),
          loadRuns: () => this.following.loadRuns(),
        }),
      (error) => {
        this.#deleting = null; // to be asked for again
        this.store.dispatch({ type: "request_failed", message: messageOf(error) });
        return null;
      },
    );
    return this.#deleting;
  }

  /** @param {string} id */
  async openRun(id) {
    const turn = ++this.#turn;
    const found = await find(id);
    if (found.run) {
      if (turn !== this.#turn) return; // something else was opened in the meantime
      this.following.follow(found.run);
    } else {
      this.following.leave();
      this.store.dispatch(found.why);
    }
    preview(this.store);
  }
}

/** @typedef {import("../types.js").Run} Run */
/** @typedef {import("../types.js").Action} Action */

/**
 * The run of that id, or what to tell the store in its place.
 * @param {string} id
 * @returns {Promise<{run: Run, why?: undefined} | {run?: undefined, why: Action}>}
 */
async function find(id) {
  try {
    return { run: await api.run(id) };
  } catch (error) {
    const isGone = error instanceof ApiError && error.status === 404;
    return {
      why: isGone ? { type: "run_missing", id } : { type: "request_failed", message: messageOf(error) },
    };
  }
}

/**
 * Of what was changed in the builder, frame 0 is asked for when somebody comes to look.
 * @param {Store} store
 */
function previewAfterBuilding(store) {
  store.onEvery(({ view, run, presets }, before) => {
    if (view.scene !== before.view.scene && view.scene !== "build" && !run && presets) preview(store);
  });
}

/** The filters that the chosen experiment would begin with. @param {Store} store */
async function preview(store) {
  const { choice } = store.state;
  if (choice.unsettled || store.state.preview?.key === choiceKey(choice)) return;
  const told = await api.preview(recipeOf(choice, store.state.presets)).catch((error) => messageOf(error));
  if (choiceKey(store.state.choice) !== choiceKey(choice)) return;
  if (typeof told === "string") {
    store.dispatch({ type: "request_failed", message: told });
    return;
  }
  const frame = frameOf(told.snapshot);
  store.dispatch({
    type: "preview_loaded",
    preview: {
      key: choiceKey(choice),
      frame,
      total: told.total_steps,
      recipe: told.recipe,
      layers: told.layers,
    },
  });
}
