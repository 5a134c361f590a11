// @ts-check
// How a filter became what it is: a strip of its frames, each a way to that step.

import { roundSteps } from "../../charts/axis.js";
import { filterOf } from "../../kernels/slices.js";
import { indexAt } from "../../state/frames.js";
import { Changes } from "../../views/changes.js";
import { byId, icon, make, setGlyph } from "../../views/elements.js";
import { capital } from "../../words/numbers.js";
import { stepNamed } from "../../words/steps.js";
import { showKernel } from "./pictures.js";

/** @typedef {import("./subject.js").Subject} Subject */

const TILE = 54;
const GAP = 8;

export class Strip {
  #changes = new Changes();
  /** @type {{frame: import("../../types.js").Frame, button: HTMLElement}[]} */
  #tiles = [];

  /** @param {import("../../types.js").Commands} commands */
  constructor(commands) {
    this.commands = commands;
    this.root = byId("filter-strip");
  }

  /** @param {Subject} subject @param {import("../../types.js").Run | null} run */
  draw(subject, run) {
    const { frames, filter, limit } = subject;
    if (!frames.length) return this.root.replaceChildren();
    if (this.#changes.found(frames, filter, limit, this.root.clientWidth)) this.#build(subject, run);
    let current = this.#tiles.findLastIndex(({ frame }) => frame.step <= subject.frame.step);
    if (this.#tiles[current]?.frame !== subject.frame) current = -1;
    this.#tiles.forEach(({ button }, at) => {
      if (at === current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
  }

  /** @param {Subject} subject @param {import("../../types.js").Run | null} run */
  #build({ frames, filter, limit }, run) {
    const { root } = this;
    const last = frames[frames.length - 1].step;
    const room = Math.max(3, Math.floor((root.clientWidth + GAP) / (TILE + GAP)));
    const shown = new Set(stepsFor(last, room).map((step) => Math.max(0, indexAt(frames, step))));
    const focused = [...root.children].indexOf(/** @type {Element} */ (document.activeElement));
    this.#tiles = [...shown].map((index) => ({
      frame: frames[index],
      button: this.#makeTile(frames[index], filter, limit, run),
    }));
    root.replaceChildren(...this.#tiles.map(({ button }) => button));
    if (focused >= 0) this.#tiles[Math.min(focused, this.#tiles.length - 1)].button.focus();
  }

  /**
   * @param {import("../../types.js").Frame} frame @param {number} filter @param {number} limit
   * @param {import("../../types.js").Run | null} run
   */
  #makeTile(frame, filter, limit, run) {
    const canvas = make("canvas");
    showKernel(canvas, filterOf(frame.kernel, filter), limit, TILE);
    const glyph = icon("glyph-noise", "glyph");
    const label = frame.verdicts?.label[filter];
    setGlyph(glyph, label, frame.verdicts?.orientation_degrees[filter]);
    const properties = {
      type: "button",
      "aria-label": capital(stepNamed(run, frame.step)) + (label ? `: ${label}` : ""),
      onclick: () => this.commands.lookAt(frame.step),
    };
    return make("button", properties, canvas, make("span", {}, String(frame.step)), glyph);
  }
}

/** At most so many round steps, with the first and the last. @param {number} last @param {number} most */
function stepsFor(last, most) {
  let steps = roundSteps(last, 0.04);
  for (let room = 0.06; steps.length > most; room += 0.02) steps = roundSteps(last, room);
  return steps;
}
