// @ts-check
// Sends a recording packet by packet; what the server has of it already isn't sent again. Draws nothing.

import { ApiError, ask } from "./api.js";
import { NoRecording } from "./recording.js";

const MEDIA_TYPE = "application/vnd.filterscope.batch";
const BUSY = [429, 503];
const MOST_WAITS = 20;
const MOST_TRIES = 5; // at an attempt that somebody else begins at the same time

/**
 * @typedef {import("./recording.js").Batch} Batch
 * @typedef {import("./recording.js").Recording} Recording
 * @typedef {import("./answers.js").RunTold} RunTold
 * @typedef {{run: string, items: number, end: number}} Sent  so many items are there, and bytes are through
 */

/**
 * Throws ApiError where the server won't have it, NoRecording where it isn't one.
 * @param {Recording} recording
 * @returns {AsyncGenerator<Sent, void, void>}  after each packet
 */
export async function* sendRecording(recording) {
  const sending = new SendingRecording(recording);
  await sending.register();
  if (sending.run) yield sending.sent(0);
  for await (const batch of recording.batches()) {
    await sending.send(batch);
    yield sending.sent(batch.end);
  }
}

/**
 * A program that is recorded knows of no earlier start: it calls itself the first attempt and counts its
 * items from 1. Where the server knows another start already, this one is told as the next attempt, and its
 * items go on after those. Which process told which items is on record there, so none is told twice.
 */
class SendingRecording {
  run = "";
  #attempt = 0;
  #next = 0;
  /** How many attempts, and how many items, come before the file's there. */
  #later = 0;
  #moved = 0;
  /** The attempt that another process tells. */
  #taken = 0;

  /** @param {Recording} recording */
  constructor(recording) {
    this.recording = recording;
    this.path = `/external/${encodeURIComponent(recording.key)}`;
  }

  /** @param {number} end @returns {Sent} */
  sent(end) {
    return { run: this.run, items: Math.max(0, this.#next - 1 - this.#moved), end };
  }

  /** Finds under which numbers the file is known. */
  async register() {
    const { registration, fromStep } = this.recording;
    const said = { ...registration, from_step: fromStep, recorded: true };
    try {
      this.#registered(await patiently(() => ask("PUT", this.path, said)));
    } catch (problem) {
      this.#taken = takenIn(problem);
    }
  }

  /** @param {Batch} batch */
  async send({ first, attempt, fromStep, items, body }) {
    if (!this.#attempt) await this.#beginAfterOthers(first);
    const [place, start] = [first + this.#moved, attempt + this.#later];
    if (start > this.#attempt) this.#attempt = (await this.#begin(start, fromStep)).attempt;
    if (place + items <= this.#next) return;
    const packet = new Blob([body], { type: MEDIA_TYPE });
    const path = `${this.path}/batches/${place}?attempt=${start}&renumbered=true`;
    this.#next = (await patiently(() => ask("PUT", path, packet))).next;
  }

  /** @param {RunTold} told */
  #registered({ id, attempt, next, first }) {
    this.run = id;
    this.#attempt = attempt;
    this.#next = next;
    this.#later = attempt - this.recording.attempt;
    this.#moved = this.#later ? first - 1 : 0;
  }

  /** @param {number} first */
  async #beginAfterOthers(first) {
    if (first > 1) throw new NoRecording("it holds the end of a run whose beginning another server was told");
    for (let tries = 1; !this.#attempt; tries++) {
      try {
        this.#registered(await this.#begin(this.#taken + 1, this.recording.fromStep));
      } catch (problem) {
        this.#taken = takenIn(problem);
        if (tries === MOST_TRIES) throw problem;
      }
    }
  }

  /**
   * Begins an attempt as the program did.
   * @param {number} attempt
   * @param {number} fromStep
   * @returns {Promise<RunTold>}
   */
  #begin(attempt, fromStep) {
    const { client } = this.recording.registration;
    const said = { attempt, from_step: fromStep, client, recorded: true };
    return patiently(() => ask("POST", `${this.path}/attempts`, said));
  }
}

/** The attempt that another process tells; throws any other problem. @param {unknown} problem */
function takenIn(problem) {
  if (problem instanceof ApiError && problem.code === "attempt_taken") return problem.limit ?? 1;
  throw problem;
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
