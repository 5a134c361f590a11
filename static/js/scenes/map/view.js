// @ts-check
// The board of a sweep, with what can be done with it: steered, taken home, left for its runs or another one.

import { Board } from "../../map/board.js";
import { make } from "../../views/elements.js";
import { Steering } from "./steering.js";
import { Taking } from "./taking.js";

/**
 * @typedef {import("../../net/sweeps.js").Told} Told
 * @typedef {object} Acts
 * @property {(details: import("../../map/reading.js").Details) => void} choose
 * @property {(run: string) => void} openRun
 * @property {(sweep: string) => void} openRuns  as a table
 * @property {() => void} another  sweep, or one of those there are
 * @property {(told: Told) => void} changed
 * @property {(words: string) => void} say  what couldn't be done
 */

export class MapView {
  #sweep = "";

  /** @param {HTMLElement} root @param {Acts} acts */
  constructor(root, acts) {
    const { choose, openRun, another, say } = acts;
    this.board = new Board(root, { choose, open: openRun });
    this.steering = new Steering({ changed: acts.changed, removed: another, failed: say });
    this.taking = new Taking(this.board, say);
    const other = make(
      "button",
      { class: "button acts", type: "button", onclick: another },
      "Another sweep…",
    );
    this.runs = make("a", { class: "link" }, "Its runs as a table");
    this.runs.onclick = (event) => {
      event.preventDefault();
      acts.openRuns(this.#sweep);
    };
    this.board.frame.more.append(this.runs);
    this.board.frame.acts.append(this.steering.root, this.taking.root, other);
  }

  /**
   * @param {Told} sweep
   * @param {import("../../map/reading.js").Details} details
   * @param {import("../../map/board.js").Moment} shown
   * @param {Map<number, import("../../types.js").Kernel>} seeds  filters of the chosen cell's
   */
  draw(sweep, details, shown, seeds) {
    this.#sweep = sweep.id;
    this.runs.href = `?view=runs&sweep=${encodeURIComponent(sweep.id)}`;
    this.board.draw(sweep, details, shown, seeds);
    this.steering.draw(sweep);
    this.taking.draw(sweep);
  }

  stop() {
    this.board.time.stop();
  }
}
