// @ts-check
// Where somebody looks, as one page tells another.

import { unpresented } from "../state/presented.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../net/teaching.js").TaughtPlace} TaughtPlace
 */

const LONGEST_DETAIL = 500;
const MOST_DETAILS = 16;

/** A presentation is seen by the others as the live scene. @param {State} state @returns {TaughtPlace} */
export function taughtPlace({ run, view }) {
  const details = Object.entries(unpresented(view.details));
  const short = details.filter(([, value]) => value.length <= LONGEST_DETAIL);
  return {
    run: run?.id ?? null,
    step: view.step,
    layer: view.layer,
    filter: view.filter,
    view: view.scene === "present" ? "live" : view.scene,
    details: Object.fromEntries(short.slice(0, MOST_DETAILS)),
  };
}

/** Equal for equal places. @param {State} state */
export const keyOf = (state) => JSON.stringify(taughtPlace(state));
