// @ts-check
// What only the server knows of the filter looked at: asked when the scrubber has come to rest.

import { api } from "../../net/api.js";
import { decodeArray, decodeShape } from "../../net/typed_array.js";
import { knows } from "../../state/known.js";
import { isLive } from "../../state/selectors.js";
import { UNKNOWN } from "../../words/known.js";
import { createMemory } from "./memory.js";
import { pictureOf, pulledAt, subjectOf } from "./subject.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../types.js").TypedArraySpec} TypedArraySpec
 * @typedef {Awaited<ReturnType<typeof askFilter>>} FilterAnswer
 * @typedef {Awaited<ReturnType<typeof askGradient>>} GradientAnswer
 * @typedef {Awaited<ReturnType<typeof askSeen>>} SeenAnswer
 * @typedef {ReturnType<ReturnType<typeof createAnswers>["told"]>} Told
 */

const RESTED_MILLISECONDS = 150;
/** While it trains nothing rests; then it is asked now and then. */
const FOLLOWING_MILLISECONDS = 2500;
/** What is never asked, where nobody knows the pictures. */
const NEVER = { value: null, current: false, error: new Error(UNKNOWN.data) };

/**
 * @param {import("../../store.js").Store} store
 * @param {() => void} changed  called when an answer came
 */
export function createAnswers(store, changed) {
  const filter = createMemory(askFilter, changed);
  const sight = createMemory(askSeen, changed);
  const gradient = createMemory(askGradient, changed);
  let seen = "";
  let timer = 0;
  let askedAt = -Infinity;

  /** @param {State} state */
  function see(state) {
    const keys = keysOf(state);
    const moving = state.view.held || state.view.replaying;
    const now = keys ? `${Object.values(keys).join("|")}|${moving}` : "";
    if (now === seen) return;
    seen = now;
    if (!keys || moving) return wait(null);
    const following = isLive(state) && state.view.step === null;
    if (following && timer) return;
    wait(
      following
        ? Math.max(RESTED_MILLISECONDS, askedAt + FOLLOWING_MILLISECONDS - performance.now())
        : RESTED_MILLISECONDS,
    );
  }

  /** @param {number | null} milliseconds */
  function wait(milliseconds) {
    clearTimeout(timer);
    timer = milliseconds === null ? 0 : window.setTimeout(ask, milliseconds);
  }

  function ask() {
    timer = 0;
    askedAt = performance.now();
    const { state } = store;
    const keys = keysOf(state);
    if (!keys) return;
    filter.ask(keys.filter, state);
    if (!knows(state, "data")) return;
    sight.ask(keys.seen, state);
    gradient.ask(keys.gradient, state);
  }

  function told() {
    const keys = keysOf(store.state);
    if (!knows(store.state, "data"))
      return { filter: filter.told(keys?.filter), gradient: NEVER, seen: NEVER };
    return {
      filter: filter.told(keys?.filter),
      gradient: gradient.told(keys?.gradient),
      seen: sight.told(keys?.seen),
    };
  }

  return { see, told };
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
