// @ts-check
// Sends files of weights to the server, says how far that is and what is left out, and shows the run.

import { openFiles } from "../net/uploading.js";
import { byId, make } from "../views/elements.js";

/** @typedef {import("../net/uploading.js").Named} Named */

const MOST_NAMED = 3;

export class OpeningWeights {
  #bar = make("progress", { max: 1, value: 0, "aria-label": "Sent so far" });
  #word = make("span", { class: "quiet" });

  /** @param {Named[]} files @param {import("../types.js").Commands} commands */
  constructor(files, commands) {
    this.files = files;
    this.commands = commands;
    this.box = byId("opening");
    this.total = files.reduce((sum, { file }) => sum + file.size, 0);
  }

  /** Throws an Error that says why nothing can be opened. */
  async run() {
    const { files } = this;
    const name = files.length === 1 ? files[0].name : `${files.length} files`;
    this.#say(make("strong", {}, "Opening ", make("bdi", {}, name), " "), this.#word, this.#bar);
    try {
      const opened = await openFiles(files, (bytes) => this.#progress(bytes));
      await this.commands.openRun(opened.id);
      this.commands.openScene("live");
      if (opened.left_out.length) this.#sayLeftOut(opened.left_out);
      else this.box.hidden = true;
    } catch (problem) {
      this.box.hidden = true;
      throw problem;
    }
  }

  /** @param {number} bytes */
  #progress(bytes) {
    this.#bar.value = this.total ? bytes / this.total : 1;
    if (bytes >= this.total) {
      this.#bar.removeAttribute("value"); // how long it is read, nobody knows
      this.#word.textContent = "Reading…";
    }
  }

  /** @param {{name: string, why: string}[]} leftOut */
  #sayLeftOut(leftOut) {
    const close = make("button", { class: "link", type: "button" }, "All right");
    close.onclick = () => (this.box.hidden = true);
    const count = leftOut.length === 1 ? "One file is" : `${leftOut.length} files are`;
    const named = leftOut
      .slice(0, MOST_NAMED)
      .map(({ name, why }) => make("li", {}, make("bdi", {}, name), `: ${why}.`));
    const more = leftOut.length - MOST_NAMED;
    const list = make("ul", {}, ...named, ...(more > 0 ? [make("li", {}, `and ${more} more`)] : []));
    this.#say(make("strong", {}, `${count} left out`), list, close);
  }

  /** @param {...(Node | string)} children */
  #say(...children) {
    this.box.replaceChildren(...children);
    this.box.hidden = false;
  }
}
