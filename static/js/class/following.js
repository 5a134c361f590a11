// @ts-check
// Hears what the teacher shows over one stream, across lost connections, and has the page show it.

import { doubt } from "../net/shared/signs_of_life.js";
import { TeacherEvents } from "../net/shared/teacher_events.js";
import { onWaking } from "../net/shared/waking.js";

const FIRST_WAIT_MILLISECONDS = 1_000;
const LONGEST_WAIT_MILLISECONDS = 15_000;

/**
 * @typedef {object} Page  what shows the news
 * @property {import("./words.js").Shown} shown
 * @property {() => void} draw
 * @property {(line: import("./words.js").Line) => void} drawLine
 * @property {(poll: import("./poll_words.js").Poll | null) => void} drawPoll
 * @property {(drawings: import("./pad_words.js").Drawings | null) => void} drawDrawings
 */

/** @param {Page} page */
export function follow(page) {
  const follower = new LightFollower(page);
  follower.connect();
  onWaking(doubt);
  addEventListener("online", () => follower.retry());
}

class LightFollower {
  #failures = 0;
  #timer = 0;

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  connect() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    new TeacherEvents(
      ({ kind, text }) => this.#hear(kind, text),
      true,
      (isHeldBack) => this.#open(isHeldBack),
    );
  }

  /** At once, if it waits to try again. */
  retry() {
    if (this.#timer) this.connect();
  }

  /** @param {boolean} isHeldBack */
  #open(isHeldBack) {
    this.#failures = 0;
    this.page.drawLine(isHeldBack ? "held" : "open");
  }

  /** @param {string} kind @param {string} text */
  #hear(kind, text) {
    const { page } = this;
    if (kind === "lost") return this.#lose();
    const told = JSON.parse(text);
    if (kind === "poll") return page.drawPoll(told);
    if (kind === "drawings") return page.drawDrawings(told);
    page.shown = { ...page.shown, [kind === "nobody" ? "place" : kind]: kind === "nobody" ? null : told };
    page.draw();
  }

  /** A class of phones doesn't come back all at the same moment. */
  #lose() {
    const longest = Math.min(LONGEST_WAIT_MILLISECONDS, FIRST_WAIT_MILLISECONDS * 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = window.setTimeout(() => this.connect(), longest * (0.5 + Math.random() / 2));
    this.page.drawLine("lost");
  }
}
