// @ts-check
// The card that speaks: a question, two paragraphs, perhaps a guess, and the ways on. The page stays usable.

import { TOUR_STEPS } from "../state/tour.js";
import { make, write } from "../views/elements.js";
import { Guessing } from "./guessing.js";

/**
 * @typedef {{next: () => void, back: () => void, leave: () => void,
 *   offer: () => void, show: () => void, folded: () => void, guess: (count: number) => void}} Ways
 * @typedef {object} Told
 * @property {number} number
 * @property {string} question
 * @property {string | null} line  of code
 * @property {string | null} result  of a guess
 * @property {string[]} words
 * @property {import("./guessing.js").Asked | null} asked
 * @property {string | null} offer
 * @property {string} next
 * @property {boolean} sure  that the next card comes before what is offered
 */

const LOOK = {
  class: "tour-card",
  id: "tour",
  role: "dialog",
  "aria-labelledby": "tour-title",
  "aria-describedby": "tour-result tour-words",
};

export class Card {
  #heard = "";

  /** @param {Ways} ways */
  constructor(ways) {
    this.place = make("p", { class: "quiet", id: "tour-place" });
    this.title = make("h2", { id: "tour-title", tabIndex: -1 });
    this.line = make("code", { class: "tour-line" });
    this.result = make("p", { id: "tour-result", class: "tour-result" });
    this.words = make("div", { id: "tour-words", class: "tour-words" });
    this.guessing = new Guessing(ways.guess);
    this.back = button("Back", "plain", ways.back);
    this.next = button("Next", "filled", ways.next);
    this.offer = button("", "", ways.offer);
    this.status = make("div", { class: "spoken", "aria-live": "polite" });
    this.folding = button("", "plain tour-fold", () => this.#turnFold(ways.folded));
    const show = button("Show me", "tour-show", ways.show);
    this.root = /** @type {HTMLElement} */ (
      make(
        "section",
        LOOK,
        make("header", {}, this.place, this.folding, makeLeave(ways.leave)),
        this.title,
        this.line,
        this.result,
        this.words,
        this.guessing.root,
        make("p", { class: "tour-ways" }, this.back, this.offer, show, this.next),
        this.status,
      )
    );
    this.fold(false);
  }

  /** Leaves the question and the ways on, where a sheet lies over much. @param {boolean} isFolded */
  fold(isFolded) {
    this.root.classList.toggle("folded", isFolded);
    this.folding.setAttribute("aria-expanded", String(!isFolded));
    this.folding.setAttribute("aria-controls", "tour-words");
    write(this.folding, isFolded ? "Show the words" : "Fold");
  }

  /** @param {() => void} folded */
  #turnFold(folded) {
    this.fold(!this.root.classList.contains("folded"));
    folded();
  }

  /** @param {Told} told */
  tell(told) {
    const { words } = this;
    write(this.place, `Tour, ${told.number} of ${TOUR_STEPS}`);
    write(this.title, told.question);
    while (words.children.length > told.words.length) words.lastElementChild?.remove();
    told.words.forEach((text, at) => write(words.children[at] ?? words.appendChild(make("p")), text));
    this.line.hidden = told.line === null;
    write(this.line, told.line ?? "");
    this.result.hidden = told.result === null;
    write(this.result, told.result ?? "");
    this.guessing.tell(told.asked);
    this.back.hidden = told.number === 1;
    this.offer.hidden = told.offer === null;
    write(this.offer, told.offer ?? "");
    write(this.next, told.next);
    this.next.classList.toggle("filled", told.sure);
    this.offer.classList.toggle("filled", !told.sure);
  }

  /** The title takes the focus, so that it and then the words are read. */
  focus() {
    this.#heard = this.#said();
    this.title.focus({ preventScroll: true });
  }

  /** What has changed since, for those who listen. */
  announce() {
    if (this.#said() !== this.#heard) write(this.status, (this.#heard = this.#said()));
  }

  hush() {
    write(this.status, "");
  }

  #said() {
    return [this.result, ...this.words.children]
      .map((/** @type {Element} */ line) => line.textContent)
      .join(" ");
  }
}

/** @param {() => void} onclick */
function makeLeave(onclick) {
  const leave = button("×", "plain tour-leave", onclick);
  leave.ariaLabel = leave.title = "Leave the tour";
  return leave;
}

/** @param {string} text @param {string} look @param {() => void} onclick */
const button = (text, look, onclick) =>
  make("button", { class: `button ${look}`, type: "button", onclick }, text);
