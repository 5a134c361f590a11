// @ts-check
// One request to change something at a time; where the server refuses, the page says so.

import { ApiError } from "../net/api.js";

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * The same, but that it calls a recipe's fields as the page does.
 * @param {unknown} error
 */
export async function spokenMessageOf(error) {
  if (!(error instanceof ApiError) || error.field === null) return messageOf(error);
  const words = await import("../words/fields.js").catch(() => null); // all that recipes can say is large
  return words ? words.inLabels(error.message, error.field) : error.message;
}

/**
 * Answers with null where another request is under way, or where the server refused.
 * @template T
 * @param {import("../store.js").Store} store
 * @param {string} what
 * @param {() => Promise<T>} work
 */
export async function asking(store, what, work) {
  if (store.state.pending !== null) return null;
  store.dispatch({ type: "request_began", what });
  try {
    const answer = await work();
    store.dispatch({ type: "request_ended" });
    return answer;
  } catch (error) {
    store.dispatch({ type: "request_failed", message: await spokenMessageOf(error) });
    return null;
  }
}
