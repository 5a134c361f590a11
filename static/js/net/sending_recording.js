// @ts-check
// Sends a recording packet by packet; what the server has of it already isn't sent again. Draws nothing.

import { ApiError, ask } from "./api.js";

const MEDIA_TYPE = "application/vnd.filterscope.batch";
const BUSY = [429, 503];
const MOST_WAITS = 20;

/**
 * @typedef {import("./recording.js").Batch} Batch
 * @typedef {import("./recording.js").Recording} Recording
 * @typedef {{id: string, next: number, attempt: number}} Registered
 * @typedef {{run: string, items: number, end: number}} Sent  so many items are there, and bytes are through
 */

/**
 * Throws ApiError where the server won't have it, NoRecording where it isn't one.
 * @param {Recording} recording
 * @returns {AsyncGenerator<Sent, void, void>}  after each packet
 */
export async function* sendRecording(recording) {
  const path = `/external/${encodeURIComponent(recording.key)}`;
  /** @type {Registered} */
  let { id, next, attempt } = await patiently(() => ask("PUT", path, recording.registration));
  yield { run: id, items: next - 1, end: 0 };
  for await (const batch of recording.batches()) {
    if (batch.attempt > attempt) ({ attempt } = await begin(path, batch, recording));
    if (batch.first + batch.items > next) next = await send(path, batch);
    yield { run: id, items: next - 1, end: batch.end };
  }
}

/**
 * Begins the next attempt as the program did.
 * @param {string} path
 * @param {Batch} batch
 * @param {Recording} recording
 * @returns {Promise<Registered>}
 */
function begin(path, { attempt, fromStep }, { registration }) {
  const started = { attempt, from_step: fromStep, client: registration.client };
  return patiently(() => ask("POST", `${path}/attempts`, started));
}

/** @param {string} path @param {Batch} batch @returns {Promise<number>} the item that is wanted next */
async function send(path, { first, attempt, body }) {
  const packet = new Blob([body], { type: MEDIA_TYPE });
  /** @type {{next: number}} */
  const answer = await patiently(() => ask("PUT", `${path}/batches/${first}?attempt=${attempt}`, packet));
  return answer.next;
}

/**
 * Asks again while the server has no time.
 * @template T
 * @param {() => Promise<T>} question
 * @returns {Promise<T>}
 */
async function patiently(question) {
  for (let waits = 0; ; waits++) {
    try {
      return await question();
    } catch (problem) {
      if (!(problem instanceof ApiError) || !BUSY.includes(problem.status) || waits === MOST_WAITS)
        throw problem;
      await new Promise((resolve) => setTimeout(resolve, problem.retrySeconds * 1000));
    }
  }
}
