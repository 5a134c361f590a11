// @ts-check
// What the server says of the step looked at: asked when the scrubber has come to rest, and kept.

import { api } from "../../net/api.js";
import { Memory } from "../../net/memory.js";
import { Rested } from "../../net/rested.js";
import { streamedLayer } from "../../state/run.js";
import { isLive, isMoving, judgedFrame } from "../../state/selectors.js";
import { switchedIn } from "../../state/switched.js";
import { cellIn } from "./cell.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {ReturnType<Answers["told"]>} Told
 */

export class Answers {
  #run = "";

  /** @param {import("../../store.js").Store} store @param {() => void} changed  an answer came */
  constructor(store, changed) {
    this.store = store;
    this.rested = new Rested(() => this.#ask());
    this.memory = freshMemory(changed);
    this.changed = changed;
  }

  /** @param {State} state */
  see(state) {
    const run = state.run?.id ?? "";
    if (run !== this.#run) this.memory = freshMemory(this.changed); // not even until its answers come
    this.#run = run;
    this.rested.see(keysOf(state), isMoving(state), follows(state));
  }

  /** Asks nothing more. */
  rest() {
    this.rested.rest();
  }

  /** What is known by now, or was last of the same run. */
  told() {
    const keys = keysOf(this.store.state);
    const { matrix, list, worth, without } = this.memory;
    return {
      matrix: matrix.told(keys?.matrix),
      list: list.told(keys?.list),
      worth: worth.told(keys?.worth),
      without: without.told(keys?.without),
    };
  }

  #ask() {
    const { state } = this.store;
    const keys = keysOf(state);
    if (!keys) return;
    const { matrix, list, worth, without } = this.memory;
    matrix.ask(keys.matrix, state);
    list.ask(keys.list, state);
    if (keys.without) without.ask(keys.without, state);
    if (!follows(state)) worth.ask(keys.worth, state);
  }
}

/** @param {() => void} changed */
const freshMemory = (changed) => ({
  matrix: new Memory(askMatrix, changed),
  list: new Memory(askList, changed),
  worth: new Memory(askWorth, changed),
  without: new Memory(askWithout, changed),
});

/** Whether steps keep coming, so that nobody waits for what takes a second. @param {State} state */
export const follows = (state) => isLive(state) && state.view.step === null;

/** The layer whose filters are ranked. @param {State} state */
export const layerOf = (state) => state.view.layer ?? streamedLayer(state);

/** What each answer depends on. @param {State} state */
function keysOf(state) {
  const frame = state.frames.length ? judgedFrame(state) : null;
  if (!state.run || !frame) return null;
  const [at, cell] = [`${state.run.id}/${frame.step}`, cellIn(state)];
  const switched = switchedHere(state);
  return {
    matrix: at,
    list: `${at}/${cell?.label}-${cell?.taken}`,
    worth: `${at}/${layerOf(state)}`,
    without: switched ? `${at}/${switched.layer}/${switched.how}/${switched.filters}` : undefined,
  };
}

/** The switches of the layer that is ranked. @param {State} state */
export function switchedHere(state) {
  const switched = switchedIn(state);
  return switched?.layer === layerOf(state) ? switched : null;
}

/** @param {State} state */
const askMatrix = (state) => api.confusion(...placeOf(state));

/** @param {State} state */
const askList = (state) => api.mistakes(...placeOf(state), cellIn(state));

/** @param {State} state */
const askWorth = (state) => api.ablation(...placeOf(state), { layer: layerOf(state) });

/** @param {State} state */
function askWithout(state) {
  const { layer, filters, how } = /** @type {import("../../state/switched.js").Switched} */ (
    switchedHere(state)
  );
  return api.ablation(...placeOf(state), { layer, filters, how });
}

/** @param {State} state @returns {[string, number]} */
const placeOf = (state) => [state.run?.id ?? "", judgedFrame(state)?.step ?? 0];
