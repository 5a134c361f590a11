// @ts-check
// Why the runs of sweeps wait, where a cluster is to train them: a line in the scenes that show them.

import { cluster } from "../net/cluster.js";
import { write } from "../views/elements.js";

const EVERY_MILLISECONDS = 4000;

export class ClusterLine {
  #isSeen = false;
  #timer = 0;

  /** @param {HTMLElement} line */
  constructor(line) {
    this.line = line;
  }

  /** Asks now and then, while it is seen. @param {boolean} isSeen */
  follow(isSeen) {
    if (isSeen === this.#isSeen) return;
    this.#isSeen = isSeen;
    clearTimeout(this.#timer);
    if (isSeen) this.#ask();
  }

  async #ask() {
    const told = await cluster().catch(() => null);
    if (!this.#isSeen) return;
    this.line.hidden = !told?.message;
    write(this.line, told?.message ?? "");
    if (told?.status === "none") return; // until the page is opened again, with another server
    clearTimeout(this.#timer); // whoever left and came back has asked meanwhile
    this.#timer = window.setTimeout(() => this.#ask(), EVERY_MILLISECONDS);
  }
}
