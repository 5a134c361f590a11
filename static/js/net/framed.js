// @ts-check
// A page of somebody else's that shows this one in a frame may lead a press to a button that isn't seen. So
// nothing can be changed there.

const WORDS =
  "Shown on another page, a run can be watched and no more. To train, open this in a tab of its own.";
const QUESTION = /\/(preview|plan|code|check|convolve|activations|ablation)$/;

/** Whether this page stands in a frame of another one. */
export const isFramed = globalThis.top !== undefined && globalThis.top !== globalThis.self;

/**
 * What is said instead of asking the server for it; null where it may be asked.
 * @param {string} method
 * @param {string} path  below /api, with no query
 */
export function refusedInFrame(method, path) {
  if (!isFramed || method === "GET" || (method === "POST" && QUESTION.test(path))) return null;
  return { code: "watch_only", message: WORDS };
}
