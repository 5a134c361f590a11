// @ts-check
// One request to change something at a time; where the server refuses, the page says so.

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

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
    store.dispatch({ type: "request_failed", message: messageOf(error) });
    return null;
  }
}
