// @ts-check
// Asks for a number of filters: a slider, one fewer, one more.

import { make, write } from "../views/elements.js";

/** @typedef {{of: number, count: number | null}} Asked  the guess so far; null is none yet */

export class Guessing {
  /** @type {Asked | null} */
  #asked = null;

  /** @param {(count: number) => void} hear */
  constructor(hear) {
    this.hear = hear;
    this.question = make("legend");
    this.slider = make("input", { type: "range", min: "0", step: "1", "aria-label": "Your guess" });
    this.slider.oninput = () => this.hear(Number(this.slider.value));
    this.said = make("output", { "aria-hidden": "true" });
    this.root = make(
      "fieldset",
      { class: "tour-guess", hidden: true },
      this.question,
      this.#button("−", "One fewer", -1),
      this.slider,
      this.#button("+", "One more", 1),
      this.said,
    );
  }

  /** @param {Asked | null} asked */
  tell(asked) {
    this.#asked = asked;
    this.root.hidden = !asked;
    if (!asked) return;
    const { of, count } = asked;
    write(this.question, `How many of these ${of} will be edges or lines?`);
    this.slider.max = String(of);
    this.slider.value = String(count ?? Math.round(of / 2));
    this.slider.setAttribute("aria-valuetext", count === null ? "no guess yet" : `${count} of ${of}`);
    this.root.classList.toggle("unset", count === null);
    write(this.said, count === null ? "?" : String(count));
  }

  /** @param {string} sign @param {string} words @param {number} by */
  #button(sign, words, by) {
    const onclick = () => {
      if (!this.#asked) return;
      const { of, count } = this.#asked;
      this.hear(Math.max(0, Math.min(of, (count ?? Math.round(of / 2)) + by)));
    };
    return make("button", { class: "button", type: "button", "aria-label": words, onclick }, sign);
  }
}
