// @ts-check
// A sweep paused, let go on, stopped for good or deleted with its runs; what can't be undone is asked twice.

import { messageOf } from "../../control/asking.js";
import { sweeps } from "../../net/sweeps.js";
import { counted } from "../../map/words.js";
import { make, write } from "../../views/elements.js";

/**
 * @typedef {import("../../net/sweeps.js").Told} Told
 * @typedef {{changed: (told: Told) => void, removed: () => void, failed: (words: string) => void}} Hear
 */

export class Steering {
  /** @type {Told | null} */
  #sweep = null;
  /** @type {"stop" | "remove" | null} */
  #asked = null;

  /** @param {Hear} hear */
  constructor(hear) {
    this.hear = hear;
    const button = (/** @type {string} */ words, /** @type {() => void} */ onclick) =>
      make("button", { class: "button acts", type: "button", onclick }, words);
    this.pause = button("Pause", () => this.#change(this.#sweep?.status === "paused" ? "running" : "paused"));
    this.stop = button("Stop …", () => this.#ask("stop"));
    this.remove = button("Delete …", () => this.#ask("remove"));
    this.sure = button("", () => this.#do());
    this.stay = button("", () => this.#ask(null));
    this.words = make("span", { class: "quiet", role: "status" });
    this.root = make(
      "span",
      { class: "map-steering" },
      ...[this.words, this.pause, this.stop, this.remove, this.sure, this.stay],
    );
  }

  /** @param {Told} sweep */
  draw(sweep) {
    if (this.#sweep && this.#sweep.id !== sweep.id) this.#asked = null;
    this.#sweep = sweep;
    const isOpen = sweep.status === "running" || sweep.status === "paused";
    const isStopping = sweep.status === "stopping";
    if (this.#asked === "stop" && !isOpen) this.#asked = null;
    write(this.pause, sweep.status === "paused" ? "Go on" : "Pause");
    this.pause.hidden = this.stop.hidden = !isOpen || this.#asked !== null;
    this.remove.hidden = isOpen || isStopping || this.#asked !== null;
    this.sure.hidden = this.stay.hidden = this.#asked === null;
    const isStop = this.#asked === "stop";
    const runs = counted(sweep.runs, "run");
    write(this.sure, isStop ? "Stop it" : `Delete ${runs}`);
    write(this.stay, isStop ? "Let it go on" : "Keep them");
    write(
      this.words,
      this.#asked ? (isStop ? "What hasn’t begun never will." : "They can’t be brought back.") : "",
    );
  }

  /** @param {"stop" | "remove" | null} what */
  #ask(what) {
    const before = this.#asked;
    this.#asked = what;
    if (this.#sweep) this.draw(this.#sweep);
    (what ? this.stay : before === "stop" ? this.stop : this.remove).focus();
  }

  async #do() {
    const what = this.#asked;
    this.#asked = null;
    if (what === "stop") return this.#change("stopped");
    const { id } = /** @type {Told} */ (this.#sweep);
    try {
      await sweeps.remove(id);
      this.hear.removed();
    } catch (problem) {
      this.hear.failed(messageOf(problem));
    }
  }

  /** @param {"paused" | "running" | "stopped"} status */
  async #change(status) {
    const { id } = /** @type {Told} */ (this.#sweep);
    try {
      this.hear.changed(await sweeps.change(id, { status }));
    } catch (problem) {
      this.hear.failed(messageOf(problem));
    }
  }
}
