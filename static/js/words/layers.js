// @ts-check
// How a layer of somebody's network fares: a dot, and the words beside it.

import { alertOf, layerNamed } from "../state/watched.js";
import { orientedIn } from "../state/selectors.js";
import { percent } from "./numbers.js";
import { unjudgedWords } from "./watched.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {{dot: "ok" | "warn" | "danger" | "ring" | "absent", words: string}} Fares
 */

/** @type {Record<string, string>} */
const ALERTS = {
  exploding: "grows too fast",
  still_at_initialisation: "stands still",
  learning_rate_too_small: "hardly moves",
};

/**
 * What is to be said of a layer in two or three words.
 * @param {State} state
 * @param {string} name
 * @returns {Fares}
 */
export function faresOf(state, name) {
  const health = state.health.get(name);
  if (!health) return { dot: "absent", words: "not sent yet" };
  const { newest } = health;
  if (!newest.is_finite) return { dot: "danger", words: "not finite" };
  const grows = alertOf(state, name, "exploding");
  if (grows) return { dot: "danger", words: ALERTS.exploding };
  if (newest.dead) return { dot: "warn", words: `${newest.dead} dead` };
  const counts = isStreamed(state, name) ? state.frames.at(-1)?.verdicts?.counts : null;
  if (counts) {
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return { dot: "ok", words: `${percent(orientedIn(counts) / Math.max(1, all))} edges` };
  }
  if (newest.duplicates) return { dot: "warn", words: `${newest.duplicates} alike` };
  const stands = alertOf(state, name, "still_at_initialisation");
  if (stands) return { dot: "warn", words: ALERTS[stands.code] };
  return unjudgedWords(layerNamed(state.run, name))
    ? { dot: "ring", words: "can’t be said" }
    : { dot: "ok", words: "ok" };
}

/** @param {State} state @param {string} name */
const isStreamed = (state, name) => (state.frames[0]?.layer ?? state.run?.layers[0]) === name;

/**
 * The parts that a title begins with and the rest: `backbone` and `stem.conv`. Layers of the same first
 * part stand together.
 * @param {string} title
 * @returns {[string, string]}
 */
export function prefixed(title) {
  const at = title.search(/[./]/);
  return at > 0 && at < title.length - 1 ? [title.slice(0, at), title.slice(at + 1)] : ["", title];
}
