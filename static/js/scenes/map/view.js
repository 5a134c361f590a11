// @ts-check
// The board of a sweep, with what can be done with it: steered, taken home, left for its runs or another one.

import { Board } from "../../map/board.js";
import { layoutIn } from "../../map/chooser.js";
import { chosenIn } from "../../map/reading.js";
import { twinsOf, unchangedIn } from "../../map/unchanged.js";
import { placeWords } from "../../map/words.js";
import { ROOT } from "../../net/root.js";
import { make, write } from "../../views/elements.js";
import { MoreSeedsButton } from "./more_seeds.js";
import { Steering } from "./steering.js";
import { Taking } from "./taking.js";

/**
 * @typedef {import("../../net/sweeps.js").Told} Told
 * @typedef {object} Acts
 * @property {(details: import("../../map/reading.js").Details) => void} choose
 * @property {(run: string) => void} openRun
 * @property {(sweep: string) => void} openRuns  as a table
 * @property {(run: string, other: string) => void} compare
 * @property {() => void} another  sweep, or one of those there are
 * @property {(told: Told) => void} changed
 * @property {(sweep: Told) => Promise<boolean>} remove  it; whether it is gone
 * @property {(words: string) => void} say  what couldn't be done
 */

export class MapView {
  #sweep = "";
  /** Runs of one seed, of the chosen cell and of the unchanged recipe. @type {[string, string] | null} */
  #pair = null;

  /** @param {HTMLElement} root @param {Acts} acts */
  constructor(root, acts) {
    const { choose, openRun, another, remove, say } = acts;
    this.board = new Board(root, { choose, open: openRun });
    this.steering = new Steering({ changed: acts.changed, remove, removed: another, failed: say });
    this.taking = new Taking(this.board, say);
    const other = make(
      "button",
      { class: "button acts", type: "button", onclick: another },
      "Another sweep…",
    );
    this.runs = make("a", { class: "link" }, "Its runs as a table");
    leadHere(this.runs, () => acts.openRuns(this.#sweep));
    this.more = new MoreSeedsButton(acts.changed, say);
    this.compare = make("a", { class: "link" });
    leadHere(this.compare, () => this.#pair && acts.compare(...this.#pair));
    this.same = make("p", { class: "quiet" }, "This is the unchanged recipe.");
    this.board.frame.more.append(this.same, this.compare, this.runs, this.more.root);
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
    this.#drawCompare(sweep, details);
    this.more.draw(sweep);
    this.steering.draw(sweep);
    this.taking.draw(sweep);
  }

  /** @param {Told} sweep @param {import("../../map/reading.js").Details} details */
  #drawCompare(sweep, details) {
    const unchanged = unchangedIn(sweep);
    const at = chosenIn(details, sweep, layoutIn(details, sweep.axes.length));
    const isOther = unchanged !== null && String(at) !== String(unchanged);
    this.#pair = isOther ? twinsOf(sweep, at, unchanged) : null;
    this.compare.hidden = this.#pair === null;
    this.same.hidden = unchanged === null || isOther;
    if (!this.#pair || !unchanged) return;
    const [run, other] = this.#pair;
    this.compare.href = `${ROOT}runs/${run}?view=twins&with=${other}`;
    write(this.compare, `Compare with the unchanged recipe (${placeWords(sweep.axes, unchanged)})`);
  }

  stop() {
    this.board.time.stop();
  }
}

/**
 * By a plain click; with a key held its address opens in another window.
 * @param {HTMLElement} link
 * @param {() => void} go
 */
function leadHere(link, go) {
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go();
  };
}
