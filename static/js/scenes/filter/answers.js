// @ts-check
// What only the server knows of the filter looked at: asked when the scrubber has come to rest.

import { api } from "../../net/api.js";
import { decodeArray, decodeShape } from "../../net/typed_array.js";
import { isLive } from "../../state/selectors.js";
import { pictureOf, pulledAt, subjectOf } from "./subject.js";

/**
 * @typedef {{shape: number[], values: any}} Numbers
 * @typedef {{value: any, current: boolean, error: any}} Answer
 *   the last one there was, and whether it is of now
 * @typedef {{filter: Answer, gradient: Answer, seen: Answer}} Told
 * @typedef {keyof Told} Question
 */

const RESTED_MILLISECONDS = 150;
/** While it trains nothing rests; then it is asked now and then. */
const FOLLOWING_MILLISECONDS = 2500;
const MOST_KEPT = 60;
const QUESTIONS = /** @type {const} */ (["filter", "seen", "gradient"]);

/**
 * @param {import("../../store.js").Store} store
 * @param {() => void} changed  called when an answer came
 */
export function createAnswers(store, changed) {
  /** @type {Map<string, {value: any, error: any}>} */
  const known = new Map();
  /** @type {Set<string>} */
  const asked = new Set();
  /** @type {Record<Question, any>} */
  const last = { filter: null, gradient: null, seen: null };
  let seen = "";
  let timer = 0;
  let askedAt = -Infinity;

  /** @param {import("../../types.js").State} state */
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
    for (const question of QUESTIONS) fetchOne(question, keys[question], state);
  }

  /** @param {Question} question @param {string} key @param {import("../../types.js").State} state */
  async function fetchOne(question, key, state) {
    if (asked.has(key) || known.get(key)?.error === null) return;
    asked.add(key);
    const answer = await ASK[question](state).then(
      (value) => ({ value, error: null }),
      (error) => ({ value: null, error }),
    );
    asked.delete(key);
    known.set(key, answer);
    if (known.size > MOST_KEPT) known.delete(/** @type {string} */ (known.keys().next().value));
    changed();
  }

  /** @returns {Told} */
  function told() {
    const keys = keysOf(store.state);
    const answer = (/** @type {Question} */ question) => {
      const found = keys && known.get(keys[question]);
      if (found?.value) last[question] = found.value;
      return {
        value: keys ? last[question] : null,
        current: Boolean(found?.value),
        error: found?.error ?? null,
      };
    };
    return { filter: answer("filter"), gradient: answer("gradient"), seen: answer("seen") };
  }

  return { see, told };
}

/**
 * What each answer depends on.
 * @param {import("../../types.js").State} state
 * @returns {Record<Question, string> | null}
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

/** @type {Record<Question, (state: import("../../types.js").State) => Promise<any>>} */
const ASK = {
  async filter(state) {
    const answer = await api.filter(...placeOf(state));
    const { template } = answer.story;
    return {
      ...answer,
      story: { ...answer.story, template: template && { ...template, pixels: numbers(template.pixels) } },
      expanded: numbers(answer.expanded),
      patches: { ...answer.patches, pixels: numbers(answer.patches.pixels) },
    };
  },
  async gradient(state) {
    const [run, , layer, filter] = placeOf(state);
    const step = pulledAt(/** @type {import("./subject.js").Subject} */ (subjectOf(state)));
    const answer = await api.gradient(run, step, layer, filter);
    return { ...answer, gradient: numbers(answer.gradient) };
  },
  async seen(state) {
    const [run, step] = placeOf(state);
    const index = pictureOf(state);
    const answer = await api.activations(run, step, { index });
    const maps = Object.fromEntries(
      answer.layers.map((/** @type {any} */ told) => [told.layer, numbers(told.maps)]),
    );
    return {
      index,
      step,
      image: numbers(answer.image),
      maps,
      name: answer.class_names[answer.label] ?? null,
    };
  },
};

/** @param {import("../../types.js").State} state @returns {[string, number, string, number]} */
function placeOf(state) {
  const { frame, filter } = /** @type {import("./subject.js").Subject} */ (subjectOf(state));
  return [state.run?.id ?? "", frame.step, frame.layer, filter];
}

/** @param {import("../../types.js").TypedArraySpec | null} spec @returns {Numbers | null} */
const numbers = (spec) => spec && { shape: decodeShape(spec), values: decodeArray(spec) };
