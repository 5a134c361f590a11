// @ts-check
// What the class is asked and what it has drawn, as the server tells who leads; what the teacher does.

import { lecture, listenAtDesk } from "../net/lecture.js";

/**
 * @typedef {import("../net/lecture.js").Poll} Poll
 * @typedef {import("../net/lecture.js").Drawings} Told
 */

export class Desk {
  /** What the class is asked now. @type {Poll | null} */
  poll = null;
  /** @type {number[]} */
  tally = [];
  followers = 0;
  /** Whether drawings are collected, and of what. @type {Told | null} */
  drawings = null;
  /** Ends the line to the server. @type {(() => void) | null} */
  #hangUp = null;

  /**
   * @param {import("../store.js").Store} store
   * @param {import("./leading.js").Leader} leader
   * @param {{changed: () => void, refused: (error: unknown) => void}} ears
   */
  constructor(store, leader, ears) {
    this.store = store;
    this.leader = leader;
    this.ears = ears;
    leader.onChange(() => this.follow());
    store.subscribe(({ run }, before) => this.#lookAgain(run?.status, before.run?.status));
  }

  /** Listens as long as the server knows that this page leads. */
  follow() {
    const { isHeard, id, followers } = this.leader;
    this.followers = followers;
    if (isHeard) this.#hangUp ??= listenAtDesk(id, (news) => this.#hear(news));
    else if (this.#hangUp) {
      this.#hangUp();
      this.#hangUp = this.poll = this.drawings = null;
    }
    this.ears.changed();
  }

  /** @param {import("../words/polls.js").PollTopic} topic */
  async ask(topic) {
    const asked = await this.#done(lecture.ask(this.leader.id, topic, this.store.state.run?.id ?? ""));
    if (asked) this.#take(asked);
    return asked !== undefined;
  }

  async reveal() {
    const told = await this.#done(lecture.change(this.leader.id, "revealed"));
    if (told) this.#take(told);
    return told !== undefined;
  }

  /** Takes no more answers, or takes them again. */
  async turn() {
    const state = this.poll?.state === "open" ? "closed" : "open";
    const told = await this.#done(lecture.change(this.leader.id, state));
    if (told) this.#take(told);
  }

  /** Takes drawings, or no more. @param {boolean} isOpen */
  async collect(isOpen) {
    const run = this.drawings?.run ?? this.store.state.run?.id ?? "";
    const told = await this.#done(lecture.collect(this.leader.id, isOpen, run));
    if (told) this.#hear({ kind: "drawings", told });
  }

  /** Ends what the class is asked, or what it draws. */
  async end() {
    const { id } = this.leader;
    if (this.poll && (await this.#done(lecture.end(id))) !== undefined) this.poll = null;
    else if (this.drawings && (await this.#done(lecture.clear(id))) !== undefined) this.drawings = null;
    this.ears.changed();
  }

  /** @param {import("../net/lecture.js").News} news */
  #hear(news) {
    if (news.kind === "poll") return this.#take(news.told);
    if (news.kind === "drawings") this.drawings = news.told;
    else this.#count(news.told);
    this.ears.changed();
  }

  /** @param {import("../net/lecture.js").Tally} told */
  #count({ poll, answered, tally, followers }) {
    if (this.poll?.id !== poll || this.poll.result) return;
    this.tally = tally;
    this.followers = followers;
    this.poll = { ...this.poll, answered };
  }

  /** @param {Poll | null} poll */
  #take(poll) {
    if (poll && poll.id !== this.poll?.id) this.tally = Array(poll.most + 1).fill(0);
    this.poll = poll;
    if (poll?.result) this.tally = poll.result.tally;
    this.ears.changed();
  }

  /**
   * What was told of a run that trained is told anew when it ends.
   * @param {string | undefined} now
   * @param {string | undefined} before
   */
  #lookAgain(now, before) {
    const result = this.poll?.result;
    if (result && !result.is_final && now !== before) this.reveal();
  }

  /** @template T @param {Promise<T>} asked @returns {Promise<T | undefined>} */
  async #done(asked) {
    try {
      return await asked;
    } catch (error) {
      this.ears.refused(error);
      return undefined;
    }
  }
}
