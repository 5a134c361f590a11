// @ts-check
// The place where a sweep is made: what is swept, with how many seeds, and what that comes to, as one types.

import { spokenMessageOf } from "../../control/asking.js";
import { ApiError } from "../../net/api.js";
import { askNewest } from "../../net/newest.js";
import { sweeps } from "../../net/sweeps.js";
import { byId, make, onChoice, write } from "../../views/elements.js";
import { AxesForm } from "./axes_form.js";
import { baseOf } from "./base.js";
import { sweepableOf } from "./fields.js";
import { costWords, countWords, impossibleWords, startWords } from "./making_words.js";

/**
 * @typedef {import("../../net/sweeps.js").Preview} Preview
 * @typedef {import("./base.js").Base} Base
 */

const RESTED_MILLISECONDS = 250;

export class Making {
  /** @type {Base | null} */
  #base = null;
  #timer = 0;
  /** @type {"films" | "ends"} */
  #keep = "films";
  /** @type {Preview | null} */
  #preview = null;
  #isStarting = false;

  /** @param {(told: import("../../net/sweeps.js").Told) => void} started */
  constructor(started) {
    this.started = started;
    this.form = new AxesForm(byId("map-axes"), byId("map-add"), () => this.#later());
    this.ask = askNewest(
      (/** @type {() => void} */ take) => take(),
      (problem) => this.#refused(problem),
    );
    byId("map-seeds").oninput = byId("map-name").oninput = () => this.#later();
    onChoice("map-keep", (value) => {
      this.#keep = value === "ends" ? "ends" : "films";
      this.#later();
    });
    byId("map-form").onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#start();
    };
  }

  /** @param {import("../../types.js").State} state */
  open(state) {
    const base = baseOf(state);
    if (!base || base.key === this.#base?.key) return;
    this.#base = base;
    write(byId("map-base"), base.words);
    this.form.begin(sweepableOf(base.recipe));
    this.#look();
  }

  /** @returns {import("../../net/sweeps.js").Asked} */
  get #asked() {
    const count = Math.max(0, Math.min(2000, Math.round(Number(byId("map-seeds").value) || 0)));
    const seeds = Array.from({ length: count }, (_, seed) => seed);
    const name = byId("map-name").value.trim();
    const base = /** @type {Base} */ (this.#base).request;
    return { base, axes: this.form.axes, seeds, keep: this.#keep, ...(name ? { name } : {}) };
  }

  #later() {
    clearTimeout(this.#timer);
    this.#show(null);
    this.#timer = window.setTimeout(() => this.#look(), RESTED_MILLISECONDS);
  }

  #look() {
    const asked = this.#asked;
    this.ask(async () => {
      const told = await sweeps.preview(asked);
      return () => {
        if (JSON.stringify(asked) === JSON.stringify(this.#asked)) this.#show(told);
      };
    });
  }

  /** @param {Preview | null} preview  null while it is asked for */
  #show(preview) {
    this.#preview = preview;
    this.#dress();
    if (!preview) return;
    this.#say("");
    byId("map-name").placeholder = preview.name;
    write(byId("map-count"), countWords(preview));
    write(byId("map-cost"), costWords(preview));
    byId("map-cost").classList.toggle("bad", !preview.has_room);
    byId("map-impossible").hidden = preview.impossible.length === 0;
    const items = impossibleWords(preview).map((words) => make("li", {}, words));
    byId("map-impossible")
      .querySelector("ul")
      ?.replaceChildren(...items);
  }

  #dress() {
    const isReady = this.#preview !== null && this.#preview.has_room && !this.#isStarting;
    byId("map-start").ariaDisabled = String(!isReady);
    if (this.#preview) write(byId("map-start"), startWords(this.#preview));
  }

  /** @param {Error} problem */
  async #refused(problem) {
    const words = await spokenMessageOf(problem);
    this.#preview = null;
    this.#dress();
    for (const id of ["map-count", "map-cost"]) write(byId(id), "");
    byId("map-impossible").hidden = true;
    this.#say(words);
    const axis = problem instanceof ApiError ? /^axes\.(\d)/.exec(problem.field ?? "")?.[1] : undefined;
    for (const input of byId("map-axes").querySelectorAll("input"))
      input.setAttribute("aria-invalid", String(input.dataset.axis === axis));
  }

  /** @param {string} problem */
  #say(problem) {
    byId("map-problem").hidden = problem === "";
    write(byId("map-problem"), problem);
    if (!problem)
      for (const input of byId("map-axes").querySelectorAll("input")) input.removeAttribute("aria-invalid");
  }

  async #start() {
    if (byId("map-start").ariaDisabled === "true") return;
    this.#isStarting = true;
    this.#dress();
    try {
      this.started(await sweeps.start(this.#asked));
    } catch (problem) {
      await this.#refused(/** @type {Error} */ (problem));
    } finally {
      this.#isStarting = false;
      this.#dress();
    }
  }
}
