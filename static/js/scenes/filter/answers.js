// @ts-check
// What only the server knows of the filter looked at: asked when the scrubber has come to rest.

import { api } from "../../net/api.js";
import { decodeArray, decodeShape } from "../../net/typed_array.js";
import { knows } from "../../state/known.js";
import { isLive, isMoving } from "../../state/selectors.js";
import { UNKNOWN } from "../../words/known.js";
import { Memory } from "../../net/memory.js";
import { Rested } from "../../net/rested.js";
import { pictureOf, pulledAt, subjectOf } from "./subject.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../types.js").TypedArraySpec} TypedArraySpec
 * @typedef {Awaited<ReturnType<typeof askFilter>>} FilterAnswer
 * @typedef {Awaited<ReturnType<typeof askGradient>>} GradientAnswer
 * @typedef {Awaited<ReturnType<typeof askSeen>>} SeenAnswer
 * @typedef {ReturnType<Answers["told"]>} Told
 */

/** What is never asked, where nobody knows the pictures. */
const NEVER = { value: null, current: false, error: new Error(UNKNOWN.data) };

export class Answers {
  /**
   * @param {import("../../store.js").Store} store
   * @param {() => void} changed  called when an answer came
   */
  constructor(store, changed) {
    this.store = store;
    this.rested = new Rested(() => this.#ask());
    this.filter = new Memory(askFilter, changed);
    this.sight = new Memory(askSeen, changed);
    this.gradient = new Memory(askGradient, changed);
  }

  /** @param {State} state */
  see(state) {
    this.rested.see(keysOf(state), isMoving(state), isLive(state) && state.view.step === null);
  }

  told() {
    const keys = keysOf(this.store.state);
    const filter = this.filter.told(keys?.filter);
    if (!knows(this.store.state, "data")) return { filter, gradient: NEVER, seen: NEVER };
    return { filter, gradient: this.gradient.told(keys?.gradient), seen: this.sight.told(keys?.seen) };
  }

  #ask() {
    const { state } = this.store;
    const keys = keysOf(state);
    if (!keys) return;
    this.filter.ask(keys.filter, state);
    if (!knows(state, "data")) return;
    this.sight.ask(keys.seen, state);
    this.gradient.ask(keys.gradient, state);
  }
}

/**
 * What each answer depends on.
 * @param {State} state
 * @returns {Record<"filter" | "gradient" | "seen", string> | null}
 */
function keysOf(state) {
  const subject = subjectOf(state);
  if (!state.run || !subject || subject.index < 0) return null;
  const { step, layer } = subject.frame;
  const { id } = state.run;
  const which = `${layer}/${subject.filter}`;
  return {
    filter: `filter ${id}/${step}/${which}`,
    gradient: `gradient ${id}/${pulledAt(subject)}/${which}`,
    seen: `seen ${id}/${step}/${pictureOf(state)}`,
  };
}

/** @param {State} state */
async function askFilter(state) {
  const answer = await api.filter(...placeOf(state));
  const { template } = answer.story;
  return {
    ...answer,
    story: { ...answer.story, template: template && { ...template, pixels: floats(template.pixels) } },
    expanded: answer.expanded && floats(answer.expanded),
    patches: answer.patches && { ...answer.patches, pixels: bytes(answer.patches.pixels) },
  };
}

/** @param {State} state */
async function askGradient(state) {
  const [run, , layer, filter] = placeOf(state);
  const step = pulledAt(/** @type {import("./subject.js").Subject} */ (subjectOf(state)));
  const answer = await api.gradient(run, step, layer, filter);
  return { ...answer, gradient: answer.gradient && floats(answer.gradient) };
}

/** @param {State} state */
async function askSeen(state) {
  const [run, step] = placeOf(state);
  const index = pictureOf(state);
  const answer = await api.activations(run, step, { index });
  return {
    index,
    step,
    image: bytes(answer.image),
    maps: Object.fromEntries(answer.layers.map(({ layer, maps }) => [layer, floats(maps)])),
    name: answer.label === null ? null : (answer.class_names[answer.label] ?? null),
  };
}

/** @param {State} state @returns {[string, number, string, number]} */
function placeOf(state) {
  const { frame, filter } = /** @type {import("./subject.js").Subject} */ (subjectOf(state));
  return [state.run?.id ?? "", frame.step, frame.layer, filter];
}

/** @param {TypedArraySpec} spec */
const floats = (spec) => ({
  shape: decodeShape(spec),
  values: /** @type {Float32Array} */ (decodeArray(spec)),
});

/** @param {TypedArraySpec} spec */
const bytes = (spec) => ({ shape: decodeShape(spec), values: /** @type {Uint8Array} */ (decodeArray(spec)) });
