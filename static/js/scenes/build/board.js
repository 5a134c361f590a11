// @ts-check
// The parts of the builder on the page: drawn together, and all they ask for is asked of one.

import { scrolling } from "../../views/breakpoints.js";
import { byId, onChoice, write } from "../../views/elements.js";
import { Aside, fewerWords } from "./aside.js";
import { listenInStack } from "./keys.js";
import { Learning } from "./learning.js";
import { Palette } from "./palette.js";
import { letReorder } from "./reordering.js";
import { BlockSettings } from "./settings.js";
import { Stack } from "./stack.js";
import { fromWords } from "./words.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./planning.js").Plan} Plan
 * @typedef {object} Acts  what one can do; blocks are counted from 0, and none said is the chosen one
 * @property {() => number} chosen
 * @property {(index: number) => void} choose
 * @property {(type: string, at: number) => void} add
 * @property {(index?: number) => void} remove
 * @property {(by: number) => void} move
 * @property {(from: number, to: number) => void} put
 * @property {import("./faults.js").Mend} mend
 * @property {(path: (string | number)[], value: unknown) => void} set
 * @property {(type: string) => void} chooseOptimizer
 * @property {(type: string) => void} chooseObjective
 * @property {(unit: "steps" | "epochs") => void} chooseUnit
 * @property {(steps: number) => void} setSteps
 * @property {(part: string) => void} choosePart
 * @property {() => void} undo
 * @property {() => void} startOver
 * @property {() => void} train
 * @property {() => void} redraw
 */

export class Board {
  /** @param {Acts} acts */
  constructor(acts) {
    this.acts = acts;
    this.scene = byId("scene-build");
    this.list = byId("build-stack");
    this.palette = new Palette(acts.add, () => acts.chosen() + 1);
    this.stack = new Stack(this.list, { ...acts, add: (at, beside) => this.palette.open(at, beside) });
    this.settings = new BlockSettings({ ...acts, remove: () => acts.remove() });
    this.learning = new Learning(acts);
    this.aside = new Aside({ ...acts, show: (layer) => this.showFault(layer) });
    this.#listen();
    this.#listenToKeys();
  }

  /**
   * @param {Draft} draft
   * @param {Plan | null} plan
   * @param {boolean} isStale  it is of the draft before the last change
   */
  draw(draft, plan, isStale) {
    const hasSameLayers = plan?.layers.length === draft.recipe.layers.length;
    this.stack.draw(draft, hasSameLayers ? plan : null);
    this.settings.draw(draft);
    this.#placeSettings(draft.chosen);
    this.learning.draw(draft, plan);
    this.aside.draw(plan, isStale);
    write(byId("build-base"), fromWords(draft));
    byId("build-undo").hidden = byId("build-over").hidden = draft.past.length === 0;
    this.scene.classList.toggle("stale", isStale);
  }

  /** Of the parts that a phone shows one at a time. @param {string} part */
  showPart(part) {
    this.scene.dataset.part = part;
    for (const input of byId("build-parts").querySelectorAll("input")) input.checked = input.value === part;
  }

  /** @param {number | null} layer  null is how it learns */
  showFault(layer) {
    this.acts.choosePart(layer === null ? "learns" : "layers");
    if (layer !== null) this.acts.choose(layer);
    const box = layer === null ? byId("build-learning-faults") : this.stack.itemOf(layer);
    box?.scrollIntoView({ block: "nearest" });
    (box?.querySelector(".build-fault button") ?? box?.querySelector(".build-block"))?.focus();
  }

  /** @param {string} words */
  say(words) {
    write(byId("build-notice"), words);
  }

  /** Narrow screens have the settings within their block. @param {number} chosen */
  #placeSettings(chosen) {
    const isInside = scrolling.matches;
    const home = isInside ? this.stack.itemOf(chosen) : byId("build-settings");
    if (home && this.settings.root.parentElement !== home) home.append(this.settings.root);
  }

  #listen() {
    const { acts } = this;
    for (const id of ["build-fewer", "build-fewer-asked"]) write(byId(id), fewerWords);
    byId("build-undo").onclick = acts.undo;
    byId("build-over").onclick = acts.startOver;
    byId("build-add").onclick = (/** @type {Event} */ event) =>
      this.palette.open(acts.chosen() + 1, /** @type {Element} */ (event.currentTarget));
    onChoice("build-parts", acts.choosePart);
    scrolling.addEventListener("change", acts.redraw);
    letReorder(this.list, acts.put);
  }

  #listenToKeys() {
    const { acts } = this;
    listenInStack(this.list, {
      choose: (by) => {
        acts.choose(acts.chosen() + by);
        this.stack.focus(acts.chosen());
      },
      move: acts.move,
      add: () => {
        const beside = this.stack.itemOf(acts.chosen())?.firstElementChild;
        if (beside) this.palette.open(acts.chosen() + 1, beside);
      },
      remove: () => acts.remove(),
      enter: () => this.settings.focus(),
    });
    this.scene.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.aside.press();
    });
  }
}
