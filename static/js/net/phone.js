// @ts-check
// What a phone tells the class: by a number that it makes up for itself, and no name. Draws nothing.

import { ROOT } from "./root.js";

const KEY = "filterscope-phone";
const LATEST_MILLISECONDS = 15_000;

/**
 * @template T
 * @typedef {{kind: "taken", told: T} | {kind: "wait", seconds: number, message: string} |
 *   {kind: "refused", code: string, message: string} | {kind: "lost"}} Outcome
 */

/** Made up once, and kept where the browser allows it. */
const id = kept() ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
try {
  localStorage.setItem(KEY, id);
} catch {
  // then it lasts as long as the page
}

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {object} poll  its id and the vote @returns {Promise<Outcome<{poll: string, vote: number}>>} */
export const vote = (poll) => send("PUT", `teaching/poll/votes/${id}`, poll);

/**
 * @param {object} drawing
 * @returns {Promise<Outcome<{name: string, class_index: number, probability: number}>>}
 */
export const handIn = (drawing) => send("PUT", `teaching/drawings/${id}`, drawing);

/**
 * What the network answers to a picture.
 * @param {{run: string, step: number}} network  of which run, after so many updates
 * @param {object} picture
 * @returns {Promise<Outcome<import("./answers.js").DrawnAnswer>>}
 */
export const askNetwork = ({ run, step }, picture) =>
  send("POST", `runs/${encodeURIComponent(run)}/snapshots/${step}/activations?maps=0`, picture);

/**
 * @template T
 * @param {string} method
 * @param {string} path
 * @param {object} body
 * @returns {Promise<Outcome<T>>}
 */
async function send(method, path, body) {
  const headers = { "Content-Type": "application/json" };
  const signal = AbortSignal.timeout?.(LATEST_MILLISECONDS);
  try {
    const answer = await fetch(`${ROOT}api/${path}`, { method, headers, signal, body: JSON.stringify(body) });
    const told = await answer.json();
    if (answer.ok) return { kind: "taken", told };
    const { code, message } = told.error;
    const seconds = Number(answer.headers.get("Retry-After") ?? 0);
    const isBusy = answer.status === 429 || answer.status === 503;
    return isBusy ? { kind: "wait", seconds: seconds || 1, message } : { kind: "refused", code, message };
  } catch {
    return { kind: "lost" };
  }
}
