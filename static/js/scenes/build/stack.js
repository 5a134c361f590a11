// @ts-check
// The network as a stack of blocks: what each is, what comes out of it, how many numbers it learns.

import { make, write } from "../../views/elements.js";
import { grouped } from "../../words/numbers.js";
import { PICTURE } from "./draft.js";
import { blockOf, showFaults } from "./faults.js";
import { datasetKind, layerKind } from "./kinds.js";
import { pictureWords, shapeWords, spokenBlock, summaryOf } from "./words.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./planning.js").Plan} Plan
 * @typedef {import("../../net/answers.js").PlanProblem} Problem
 * @typedef {object} Acts  what one can do to a block
 * @property {(index: number) => void} choose
 * @property {(at: number, beside: Element) => void} add
 * @property {(index: number) => void} remove
 * @property {import("./faults.js").Mend} mend
 */

/** One block, its place in the list and what hangs on it. */
class Block {
  /** @param {number} index @param {Acts} acts */
  constructor(index, acts) {
    this.title = make("b");
    this.summary = make("span", { class: "build-summary" });
    this.shape = make("span", { class: "build-shape" });
    this.numbers = make("span", { class: "build-numbers" });
    const said = make("span", { class: "build-said" }, this.title, " ", this.summary);
    this.button = make(
      "button",
      { class: "build-block", type: "button", onclick: () => acts.choose(index) },
      said,
      this.shape,
      this.numbers,
    );
    this.faults = make("div", { class: "build-faults", hidden: true });
    this.root = make("li", { class: "build-item", "data-block": index }, this.button, this.faults);
    if (index !== PICTURE) this.#addHandles(index, acts);
    this.plus = this.#plus(index, acts);
    this.root.append(this.plus);
  }

  /** Tells its buttons apart from those of the others. @param {string} title  of the layer */
  name(title) {
    const { block } = this.root.dataset;
    const what = Number(block) === PICTURE ? "the picture" : `layer ${Number(block) + 1}, ${title}`;
    this.away?.setAttribute("aria-label", `Remove ${what}`);
    this.plus.setAttribute("aria-label", `Add a layer below ${what}`);
  }

  /** @param {number} index @param {Acts} acts */
  #addHandles(index, acts) {
    const grip = make("span", { class: "build-grip", "aria-hidden": "true" }, "⋮⋮");
    this.away = make("button", { class: "build-away", type: "button", tabIndex: -1 }, "×");
    this.away.onclick = () => acts.remove(index);
    this.root.append(grip, this.away);
  }

  /** @param {number} index @param {Acts} acts */
  #plus(index, acts) {
    const plus = make("button", { class: "build-plus", type: "button", tabIndex: -1 }, "+");
    plus.onclick = () => acts.add(index + 1, plus);
    return plus;
  }
}

export class Stack {
  /** @type {Block[]} */
  #blocks = [];

  /** @param {HTMLElement} list @param {Acts} acts */
  constructor(list, acts) {
    this.list = list;
    this.acts = acts;
  }

  /** @param {Draft} draft @param {Plan | null} plan  of another draft while the new one is asked for */
  draw(draft, plan) {
    const { recipe } = draft;
    while (this.#blocks.length > recipe.layers.length + 1) this.#blocks.pop()?.root.remove();
    while (this.#blocks.length < recipe.layers.length + 1) {
      const block = new Block(this.#blocks.length - 1, this.acts);
      this.#blocks.push(block);
      this.list.append(block.root);
    }
    this.#blocks.forEach((block, place) => this.#drawBlock(block, place - 1, draft, plan));
  }

  /** @param {number} index */
  itemOf(index) {
    return this.#blocks[index + 1]?.root;
  }

  /** @param {number} index */
  focus(index) {
    this.#blocks[index + 1]?.button.focus();
  }

  /** @param {Block} block @param {number} index @param {Draft} draft @param {Plan | null} plan */
  #drawBlock(block, index, draft, plan) {
    const { recipe } = draft;
    const isPicture = index === PICTURE;
    const layer = recipe.layers[index];
    const planned = plan?.layers[index];
    const shape = isPicture ? datasetKind(recipe.dataset).shape : (planned?.output_shape ?? null);
    const problems = (plan?.problems ?? []).filter((problem) => blockOf(problem) === index);
    write(block.title, isPicture ? "Picture" : layerKind(layer.type).title);
    write(block.summary, isPicture ? pictureWords(recipe) : summaryOf(layer));
    block.summary.title = block.summary.textContent ?? "";
    write(block.shape, problems.length ? "can’t be" : shapeWords(shape));
    write(block.numbers, planned?.parameters ? grouped(planned.parameters) : "");
    const [title, summary, made, numbers] = [block.title, block.summary, block.shape, block.numbers].map(
      ({ textContent }) => textContent ?? "",
    );
    block.button.ariaLabel = spokenBlock(title, summary, made, numbers);
    block.name(title);
    const isChosen = index === draft.chosen;
    block.root.classList.toggle("chosen", isChosen);
    block.root.classList.toggle("wrong", problems.length > 0);
    block.root.classList.toggle("blank", Boolean(planned) && !planned?.output_shape && !problems.length);
    block.button.tabIndex = isChosen ? 0 : -1;
    block.button.setAttribute("aria-current", String(isChosen));
    this.#drawFaults(block, problems, draft, plan);
  }

  /** @param {Block} block @param {Problem[]} problems @param {Draft} draft @param {Plan | null} plan */
  #drawFaults({ faults }, problems, draft, plan) {
    showFaults(faults, problems, draft, plan, this.acts.mend);
  }
}
