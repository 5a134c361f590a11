// @ts-check
// What it comes to: the filters before the first step, the numbers, the time, and the way to train it.

import { limitOf } from "../../kernels/limit.js";
import { scrolling } from "../../views/breakpoints.js";
import { byId, write } from "../../views/elements.js";
import { Montage } from "../../views/montage.js";
import { grouped, shortTime } from "../../words/numbers.js";
import { answersWords, firstWords, timeWords, trainWords } from "./words.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./planning.js").Plan} Plan
 * @typedef {import("../../types.js").Frame} Frame
 */

const LONG_SECONDS = 120;
const TOO_LONG_SECONDS = 1800;
const FEW_SECONDS = 40;
const TALLEST = 264;

export class Aside {
  /** @type {Plan | null} */
  #plan = null;
  #isAsked = false;

  /**
   * @param {{train: () => void, setSteps: (steps: number) => void,
   *   show: (layer: number | null) => void}} acts
   */
  constructor(acts) {
    this.acts = acts;
    this.montage = new Montage(byId("build-filters"), {
      gap: 8,
      caption: () => 0,
      interactive: false,
      height: () => (scrolling.matches ? 1.3 * TALLEST : TALLEST),
      columns: () => undefined,
    });
    byId("build-train").onclick = () => this.press();
    byId("build-anyway").onclick = () => this.#train();
    byId("build-show").onclick = () => this.acts.show(this.#plan?.problems[0]?.layer ?? null);
    for (const id of ["build-fewer", "build-fewer-asked"]) byId(id).onclick = () => this.#take();
  }

  /** Trains it, asks before an hour of it, or shows what is to be mended first. */
  press() {
    const plan = this.#plan;
    if (!plan) return;
    if (plan.problems.length) return this.acts.show(plan.problems[0].layer);
    if ((plan.seconds ?? 0) < TOO_LONG_SECONDS || this.#isAsked) return this.#train();
    this.#isAsked = true;
    this.#drawTime(plan);
    byId("build-fewer-asked").focus();
  }

  /** @param {Frame | null} frame @param {import("./draft.js").Recipe} recipe  of which it is frame 0 */
  drawFilters(frame, recipe) {
    byId("build-filters").hidden = !frame;
    write(byId("build-filters-words"), firstWords(frame?.kernel.shape[3] ?? 0, recipe));
    if (frame) this.montage.draw({ frame, limitOf: () => limitOf([frame]) });
  }

  /** @param {Plan | null} plan @param {boolean} isStale  of the draft before the last change */
  draw(plan, isStale) {
    if (plan !== this.#plan) this.#isAsked = false;
    this.#plan = plan;
    const train = byId("build-train");
    const left = plan?.problems.length ?? 0;
    train.classList.toggle("filled", left === 0);
    train.ariaDisabled = !plan || isStale ? "true" : null;
    write(train, trainWords(left));
    byId("build-left").hidden = left === 0;
    if (!plan) return;
    const learned = plan.layers.every((layer) => layer.parameters !== null);
    write(byId("build-parameters"), grouped(plan.parameters));
    write(byId("build-parameters-words"), learned ? "numbers" : "numbers so far");
    write(byId("build-answers"), answersWords(plan.layers));
    write(byId("build-first"), plan.problems[0] ? leftWords(plan.problems[0].layer) : "");
    this.#drawTime(plan);
  }

  /** @param {Plan} plan */
  #drawTime({ seconds, problems }) {
    write(byId("build-seconds"), timeWords(seconds));
    const isLong = (seconds ?? 0) > LONG_SECONDS;
    byId("build-seconds").classList.toggle("long", isLong);
    byId("build-fewer").hidden = !isLong || this.#isAsked;
    byId("build-asked").hidden = !this.#isAsked || problems.length > 0;
    const words = `This takes ${timeWords(seconds)} here. It can be stopped at any time.`;
    write(byId("build-asked-words"), words);
  }

  #train() {
    this.#isAsked = false;
    byId("build-asked").hidden = true;
    this.acts.train();
  }

  /** As many steps as fit into a short wait. */
  #take() {
    const { seconds, total_steps: steps } = this.#plan ?? { seconds: null, total_steps: null };
    if (!seconds || !steps) return;
    this.acts.setSteps(Math.max(1, Number(((steps * FEW_SECONDS) / seconds).toPrecision(2)) | 0));
    byId("build-train").focus();
  }
}

/** @param {number | null} layer */
const leftWords = (layer) =>
  layer === null ? "How it learns can’t be so." : `Layer ${layer + 1} can’t be so.`;

/** What fewer steps would take, for the buttons that offer them. */
export const fewerWords = `Fewer steps: ${shortTime(FEW_SECONDS)}`;
