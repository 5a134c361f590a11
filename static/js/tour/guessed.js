// @ts-check
// What the viewer guessed before the answer was shown, kept for the card that reveals it.

/** @typedef {{count: number, of: number, run: string | null}} Guess  `count` of `of` filters of a run */

const KEY = "filterscope-guess";

export class Guessed {
  /** @type {Guess | null} */
  #kept = read();

  /**
   * The guess about that run. One made before there was a run is about the first that comes.
   * @param {string | null} run
   */
  about(run) {
    if (this.#kept && this.#kept.run === null && run !== null) this.keep({ ...this.#kept, run });
    return this.#kept?.run === run ? this.#kept : null;
  }

  /** @param {Guess} guess */
  keep(guess) {
    this.#kept = guess;
    try {
      localStorage.setItem(KEY, JSON.stringify(guess));
    } catch {
      // It holds until the page is closed.
    }
  }
}

/** @returns {Guess | null} */
function read() {
  try {
    const { count, of, run } = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const isGuess = Number.isInteger(count) && Number.isInteger(of) && count >= 0 && count <= of;
    return isGuess && typeof run === "string" ? { count, of, run } : null;
  } catch {
    return null; // nothing is kept for us, or it isn't ours
  }
}
