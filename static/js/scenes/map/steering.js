// @ts-check
// A sweep paused, let go on, stopped for good or deleted with its runs; what can't be undone is asked twice.

import { messageOf } from "../../control/asking.js";
import { sweeps } from "../../net/sweeps.js";
import { counted } from "../../map/words.js";
import { make, write } from "../../views/elements.js";

/**
 * @typedef {import("../../net/sweeps.js").Told} Told
 * @typedef {object} Hear
 * @property {(told: Told) => void} changed
 * @property {(sweep: Told) => Promise<boolean>} remove  whether it is gone
 * @property {() => void} removed
 * @property {(words: string) => void} failed
 */

export class Steering {
  /** @type {Told | null} */
  #sweep = null;
  #isAsked = false;

  /** @param {Hear} hear */
  constructor(hear) {
    this.hear = hear;
    const button = (/** @type {string} */ words, /** @type {() => void} */ onclick) =>
      make("button", { class: "button acts", type: "button", onclick }, words);
    this.pause = button("Pause", () => this.#change(this.#sweep?.status === "paused" ? "running" : "paused"));
    this.stop = button("Stop …", () => this.#ask(true));
    this.remove = button("", () => this.#remove());
    this.sure = button("Stop it", () => this.#change("stopped"));
    this.stay = button("Let it go on", () => this.#ask(false));
    this.words = make("span", { class: "quiet", role: "status" });
    this.root = make(
      "span",
      { class: "map-steering" },
      ...[this.words, this.pause, this.stop, this.remove, this.sure, this.stay],
    );
  }

  /** @param {Told} sweep */
  draw(sweep) {
    const isOpen = sweep.status === "running" || sweep.status === "paused";
    if (!isOpen || this.#sweep?.id !== sweep.id) this.#isAsked = false;
    this.#sweep = sweep;
    write(this.pause, sweep.status === "paused" ? "Go on" : "Pause");
    write(this.remove, `Delete ${counted(sweep.runs, "run")}`);
    this.pause.hidden = this.stop.hidden = !isOpen || this.#isAsked;
    this.remove.hidden = isOpen || sweep.status === "stopping";
    this.sure.hidden = this.stay.hidden = !this.#isAsked;
    write(this.words, this.#isAsked ? "What hasn’t begun never will." : "");
  }

  /** @param {boolean} isAsked */
  #ask(isAsked) {
    this.#isAsked = isAsked;
    if (this.#sweep) this.draw(this.#sweep);
    (isAsked ? this.stay : this.stop).focus();
  }

  async #remove() {
    if (await this.hear.remove(/** @type {Told} */ (this.#sweep))) this.hear.removed();
  }

  /** @param {"paused" | "running" | "stopped"} status */
  async #change(status) {
    const { id } = /** @type {Told} */ (this.#sweep);
    this.#isAsked = false;
    try {
      this.hear.changed(await sweeps.change(id, { status }));
    } catch (problem) {
      this.hear.failed(messageOf(problem));
    }
  }
}
