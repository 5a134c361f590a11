// @ts-check
// Three more seeds for every cell: what that takes is said before it begins.

import { messageOf } from "../../control/asking.js";
import { sweeps } from "../../net/sweeps.js";
import { counted } from "../../map/words.js";
import { make, write } from "../../views/elements.js";
import { shortTime } from "../../words/numbers.js";
import { sizeWords } from "./making_words.js";

/** @typedef {import("../../net/sweeps.js").Told} Told */

const MORE = 3;

/** The smallest numbers that no seed of it has. @param {number[]} seeds */
export function nextSeeds(seeds) {
  const first = Math.max(-1, ...seeds) + 1;
  if (first + MORE < 2 ** 32) return Array.from({ length: MORE }, (_, place) => first + place);
  return Array.from({ length: seeds.length + MORE }, (_, place) => place)
    .filter((seed) => !seeds.includes(seed))
    .slice(0, MORE);
}

/** @param {import("../../net/sweeps.js").Preview} preview */
export const moreWords = ({ runs, seconds, size_bytes }) =>
  `${counted(runs, "run")} more: about ${shortTime(seconds)} and ${sizeWords(size_bytes)}.`;

export class MoreSeedsButton {
  /** @type {Told | null} */
  #sweep = null;
  /** @type {number[] | null} that may be added once somebody says so */
  #offered = null;

  /** @param {(told: Told) => void} changed @param {(words: string) => void} say  what couldn't be done */
  constructor(changed, say) {
    this.changed = changed;
    this.say = say;
    const button = (/** @type {string} */ words, /** @type {() => void} */ onclick) =>
      make("button", { class: "button acts", type: "button", onclick }, words);
    this.more = button(`${MORE} more seeds`, () => this.#ask());
    this.train = button("Train them", () => this.#add());
    this.leave = button("Not now", () => this.#offer(null));
    this.words = make("span", { class: "quiet", role: "status" });
    const parts = [this.more, this.words, this.train, this.leave];
    this.root = make("p", { class: "map-more-seeds" }, ...parts);
    this.#dress();
  }

  /** @param {Told} sweep */
  draw(sweep) {
    const isOther = sweep.id !== this.#sweep?.id || sweep.seeds.length !== this.#sweep.seeds.length;
    this.#sweep = sweep;
    if (isOther) this.#offered = null;
    this.#dress();
  }

  #dress() {
    const isOver = this.#sweep?.status === "stopped" || this.#sweep?.status === "stopping";
    this.root.hidden = isOver;
    this.more.hidden = this.#offered !== null;
    this.train.hidden = this.leave.hidden = this.#offered === null;
    if (!this.#offered) write(this.words, "");
  }

  /** @param {number[] | null} seeds */
  #offer(seeds) {
    const hadKeys = this.root.contains(document.activeElement);
    this.#offered = seeds;
    this.#dress();
    if (hadKeys) (seeds ? this.train : this.more).focus(); // whoever went on meanwhile isn't fetched back
  }

  async #ask() {
    const { id, base, axes, seeds, keep } = /** @type {Told} */ (this.#sweep);
    const next = nextSeeds(seeds);
    const varied = axes.map(({ field, values }) => ({ field, values }));
    try {
      const preview = await sweeps.preview({ base, axes: varied, seeds: next, keep });
      if (id !== this.#sweep?.id) return;
      this.#offer(next);
      write(this.words, moreWords(preview));
    } catch (problem) {
      this.say(messageOf(problem));
    }
  }

  async #add() {
    const seeds = this.#offered ?? [];
    this.#offer(null);
    try {
      const told = await sweeps.more(/** @type {Told} */ (this.#sweep).id, seeds);
      this.changed(told);
    } catch (problem) {
      this.say(messageOf(problem));
    }
  }
}
