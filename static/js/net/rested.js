// @ts-check
// When to ask what the server says of a step: at rest, and now and then while it trains.

const RESTED_MILLISECONDS = 150;
/** While it trains nothing rests; then it is asked now and then. */
const FOLLOWING_MILLISECONDS = 2500;

export class Rested {
  #seen = "";
  #timer = 0;
  #askedAt = -Infinity;

  /** @param {() => void} ask */
  constructor(ask) {
    this.ask = ask;
  }

  /**
   * Asks soon where something else is asked, and not while it moves or there is nothing to ask.
   * @param {Record<string, string | undefined> | null} keys  what each answer depends on
   * @param {boolean} moving
   * @param {boolean} following  whether the step looked at is the newest of a training
   */
  see(keys, moving, following) {
    const now = keys ? `${Object.values(keys).join("|")}|${moving}` : "";
    if (now === this.#seen) return;
    this.#seen = now;
    if (!keys || moving) return this.#wait(null);
    if (!following) return this.#wait(RESTED_MILLISECONDS);
    const due = this.#askedAt + FOLLOWING_MILLISECONDS - performance.now();
    if (!this.#timer) this.#wait(Math.max(RESTED_MILLISECONDS, due));
  }

  /** Asks nothing more until something is seen again. */
  rest() {
    this.#wait(null);
    this.#seen = "";
  }

  /** @param {number | null} milliseconds */
  #wait(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = milliseconds === null ? 0 : window.setTimeout(() => this.#now(), milliseconds);
  }

  #now() {
    this.#timer = 0;
    this.#askedAt = performance.now();
    this.ask();
  }
}
