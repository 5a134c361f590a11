// @ts-check
// The right half of the presentation while the class is asked: the bars, and what is said of them.

import { make, write } from "../views/elements.js";
import { grouped } from "../words/numbers.js";
import { doubtOf, haveAnswered, middleWords, optionsOf, rightWords } from "../words/polls.js";
import { shape } from "../charts/svg.js";
import { drawTally } from "./histogram.js";

/** @typedef {import("../net/lecture.js").Poll} Poll */

export class Answers {
  /** @type {Poll | null} */
  #poll = null;
  /** @type {number[]} */
  #tally = [];

  constructor() {
    this.svg = /** @type {SVGElement} */ (shape("svg", { class: "tally-drawing", role: "img" }));
    this.hidden = make("p", { class: "tally-hidden" });
    this.words = make("p", { class: "tally-words", role: "status" });
    this.doubt = make("p", { class: "tally-doubt" });
    const parts = [this.svg, this.hidden, this.words, this.doubt];
    this.root = make("section", { class: "present-answers", "aria-label": "What the class says" }, ...parts);
    new ResizeObserver(() => this.#draw()).observe(this.root);
  }

  /** @param {Poll} poll @param {number[]} tally @param {boolean} areHidden */
  show(poll, tally, areHidden) {
    this.#poll = poll;
    this.#tally = tally;
    const isTold = poll.result !== null;
    this.root.classList.toggle("hides", areHidden);
    this.svg.toggleAttribute("hidden", areHidden);
    this.hidden.hidden = !areHidden;
    const votes = grouped(poll.answered);
    this.hidden.replaceChildren(make("b", {}, votes), haveAnswered(poll.answered));
    const { bold, rest } = isTold
      ? rightWords(poll)
      : { bold: votes, rest: `${haveAnswered(poll.answered)}. ${middleWords(poll, tally, "them")}` };
    this.words.hidden = areHidden;
    this.words.replaceChildren(make("b", {}, bold), rest);
    this.doubt.hidden = !isTold;
    this.doubt.replaceChildren(make("b", {}, "What this does not prove. "), doubtOf(poll.topic));
    this.#draw();
  }

  #draw() {
    if (!this.#poll || this.svg.hasAttribute("hidden")) return;
    drawTally(this.svg, this.#poll, this.#tally);
    const options = optionsOf(this.#poll);
    const said = this.#tally.flatMap((count, vote) => (count ? [`${options[vote]}: ${count}`] : []));
    this.svg.setAttribute("aria-label", `Answers. ${said.join("; ") || "None yet"}.`);
  }
}

/** The foot of the presentation: who follows, what comes next. */
export class Foot {
  constructor() {
    this.count = make("p", { class: "present-count" });
    this.buttons = make("div", { class: "present-buttons" });
    this.root = make("footer", { class: "present-foot", hidden: true }, this.count, this.buttons);
  }

  /**
   * @param {number} follow
   * @param {string} words
   * @param {{words: string, key?: string, isMain?: boolean, act: () => void}[]} offered
   */
  show(follow, words, offered) {
    this.root.hidden = false;
    this.count.replaceChildren(make("b", {}, grouped(follow)), ` follow${follow === 1 ? "s" : ""}`);
    this.count.append(make("span", {}, words));
    while (this.buttons.children.length > offered.length) this.buttons.lastElementChild?.remove();
    offered.forEach((one, at) => this.#offer(one, at));
  }

  /**
   * The same element all along, so that it keeps the focus.
   * @param {{words: string, key?: string, isMain?: boolean, act: () => void}} offered
   * @param {number} at
   */
  #offer({ words, key, isMain, act }, at) {
    const button = /** @type {HTMLButtonElement} */ (
      this.buttons.children[at] ?? this.buttons.appendChild(make("button", { type: "button" }))
    );
    button.className = isMain ? "button filled" : "button";
    button.onclick = act;
    const said = key ? `${words} ${key}` : words;
    if (button.dataset.said === said) return;
    button.dataset.said = said;
    write(button, words);
    if (key) button.append(" ", make("kbd", { class: "key" }, key));
  }
}
