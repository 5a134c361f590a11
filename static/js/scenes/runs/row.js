// @ts-check
// One row of the table: made once, filled with another run whenever it comes into another place.

import { LIVE_STATUSES } from "../../contract.js";
import { make, write } from "../../views/elements.js";
import { percent } from "../../words/numbers.js";
import { chipsOf } from "./chips.js";
import { handle } from "./handle.js";
import { drawStrip } from "./strips.js";
import { agoOf, rightOf, sourceOf } from "./words.js";

/**
 * @typedef {import("../../types.js").Run} Run
 * @typedef {{index: number, run: Run | undefined, isTicked: boolean, isActive: boolean,
 *   strip: import("./strips.js").Painted | null | undefined, sweep: string, filters: number,
 *   now: number}} Shown
 */

const TILE = 27; // three pixels a weight of nine

export class Row {
  #cells = Object.fromEntries(
    ["tick", "pin", "strip", "name", "differs", "edges", "right", "seed", "source", "when", "more"].map(
      (name) => [name, make("div", { class: `runs-cell of-${name}`, role: "gridcell" })],
    ),
  );
  #tick = handle("tick", "");
  #pin = handle("pin", "");
  #more = handle("more", "⋯");
  #canvas = make("canvas", { "aria-hidden": "true" });
  #name = make("bdi", { class: "runs-called" });
  #note = make("bdi", { class: "quiet runs-noted" });
  #part = make("span");
  #share = make("span", { class: "runs-share" });
  #dot = make("span", { class: "dot" });
  #source = make("span");
  #drawn = "";
  #sweep = "";
  /** @type {Run | undefined} */
  run;

  constructor() {
    this.element = make("div", { class: "runs-row", role: "row" }, ...Object.values(this.#cells));
    this.#fill("tick", this.#tick);
    this.#fill("pin", this.#pin);
    this.#fill("more", this.#more);
    this.#fill("strip", this.#canvas);
    this.#fill("name", this.#name, this.#note);
    this.#fill("edges", make("span", { class: "runs-bar", "aria-hidden": "true" }, this.#part), this.#share);
    this.#fill("source", this.#dot, this.#source);
    this.#more.setAttribute("aria-haspopup", "menu");
  }

  /** Where its name and note stand. */
  get place() {
    return this.#cells.name;
  }

  /** @param {string} cell @param {...Node} children */
  #fill(cell, ...children) {
    this.#cells[cell].replaceChildren(...children);
  }

  /** @param {Shown} shown @param {number} height  of each row, in pixels */
  show(shown, height) {
    const { element } = this;
    element.id = `runs-row-${shown.index}`;
    element.style.transform = `translateY(${shown.index * height}px)`;
    element.setAttribute("aria-rowindex", String(shown.index + 2));
    element.setAttribute("aria-selected", String(shown.isTicked));
    element.classList.toggle("active", shown.isActive);
    element.classList.toggle("awaited", !shown.run);
    if (shown.run) this.#tell(shown.run, shown);
    else if (this.run) this.#empty();
    this.run = shown.run;
  }

  #empty() {
    for (const part of [this.#name, this.#note, this.#share, this.#source]) write(part, "");
    for (const name of ["right", "seed", "when"]) write(this.#cells[name], "");
    this.#cells.differs.replaceChildren();
    this.#part.style.width = "0";
    this.#dot.hidden = true;
    drawStrip(this.#canvas, null, TILE, 1);
    this.#drawn = "";
  }

  /** @param {Run} run @param {Shown} shown */
  #tell(run, { index, isTicked, strip, sweep, filters, now }) {
    write(this.#name, run.name);
    write(this.#note, run.note ? `“${run.note.split("\n")[0]}”` : "");
    this.#note.hidden = !run.note;
    write(this.#tick, isTicked ? "✓" : "");
    this.#tick.setAttribute("aria-label", `${isTicked ? "Untick" : "Tick"} run ${index + 1}`);
    write(this.#pin, run.pinned ? "★" : "☆");
    this.#pin.setAttribute("aria-label", `${run.pinned ? "Unpin" : "Pin"} run ${index + 1}`);
    this.#more.setAttribute("aria-label", `What to do with run ${index + 1}`);
    this.#tellNumbers(run, now);
    if (run !== this.run || sweep !== this.#sweep)
      this.#cells.differs.replaceChildren(...chipsOf(run, sweep));
    this.#sweep = sweep;
    const drawn = `${run.id} ${run.last_seq} ${filters} ${strip === undefined} ${devicePixelRatio}`;
    if (drawn !== this.#drawn) drawStrip(this.#canvas, strip, TILE, filters);
    this.#drawn = drawn;
  }

  /** @param {Run} run @param {number} now */
  #tellNumbers(run, now) {
    const edges = run.filters?.oriented ?? null;
    const right = rightOf(run);
    const { seed } = run.described;
    this.#part.style.width = `${Math.round((edges ?? 0) * 100)}%`;
    write(this.#share, edges === null ? "–" : percent(edges));
    write(this.#cells.right, right === null ? "–" : percent(right));
    write(this.#cells.seed, seed === null || seed === undefined ? "–" : String(seed));
    write(this.#source, sourceOf(run));
    this.#dot.hidden = !LIVE_STATUSES.has(run.status);
    this.#dot.dataset.status = run.status;
    write(this.#cells.when, agoOf(Date.parse(run.created_at), now));
  }
}
