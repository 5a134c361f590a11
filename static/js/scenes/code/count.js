// @ts-check
// The filters that the line makes, their scale, and how many numbers they are.

import { FilterChoice } from "../../pictures/filter_choice.js";
import { byId, write } from "../../views/elements.js";
import { paintBar } from "../../views/legend.js";
import { otherCount, parametersOf } from "../../words/code.js";
import { grouped, placesFor, signed } from "../../words/numbers.js";

/** @typedef {import("./subject.js").Subject} Subject */

/** CSS pixels for all filters, as much as the picture beside them has. */
const HEIGHT = 236;

export class Count {
  #painted = "";

  /** @param {(filter: number) => void} choose  from 0 */
  constructor(choose) {
    this.root = /** @type {HTMLElement} */ (byId("code-filters"));
    this.filters = new FilterChoice(this.root, choose, () => HEIGHT);
  }

  /**
   * @param {Subject} subject
   * @param {number} filter  chosen, from 0
   * @param {string | null} lit  what the word means
   * @param {string[]} parts  that are lit
   */
  draw({ frame, limit, layer, run }, filter, lit, parts) {
    if (!frame) return;
    const { kernel_size: size, filters } = layer;
    const channels = frame.kernel.shape[2];
    this.filters.draw(frame, limit, filter);
    this.root.style.setProperty("--side", String(size));
    for (const part of ["filters", "rows", "columns"])
      this.root.classList.toggle(`lit-${part}`, parts.includes(part));
    write(byId("code-filters-title"), `${filters} filter${filters === 1 ? "" : "s"}`);
    const before = frame.step === 0 ? "step 0, as chance drew them" : `step ${grouped(frame.step)}`;
    const begun = typeof (layer.kernel_initializer ?? "") === "string" ? before : "step 0, as you chose them";
    write(byId("code-filters-step"), run === null || frame.step === 0 ? begun : before);
    const places = placesFor(limit);
    write(byId("code-low"), signed(-limit, places));
    write(byId("code-high"), signed(limit, places));
    const colour = channels === 3;
    if (this.#painted !== String(colour)) paintBar(byId("code-bar"), colour);
    this.#painted = String(colour);
    write(byId("code-count"), grouped(parametersOf(layer, channels)));
    const weights = `${size} · ${size} · ${channels} · ${filters} weights + ${filters} biases`;
    write(byId("code-count-formula"), weights);
    write(byId("code-count-other"), otherCount(lit, layer, channels));
  }
}
