// @ts-check
// The filter slides over the picture, place by place; with reduced motion each press is one place.

import { byId, setIcon, write } from "../../views/elements.js";

const SLIDE_MILLISECONDS = 12000;
const LONGEST_STAY_MILLISECONDS = 500;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** @typedef {import("./specimen.js").Specimen} Specimen */

export class Slide {
  #timer = 0;

  /**
   * @param {() => Specimen | null} specimen
   * @param {(place: [number, number]) => void} go
   */
  constructor(specimen, go) {
    this.specimen = specimen;
    this.go = go;
    this.button = byId("lens-slide");
    this.button.onclick = () => this.#press();
    still.addEventListener("change", () => this.#show());
    this.#show();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#show();
  }

  #press() {
    if (this.#timer) return this.stop();
    const next = placeAfter(this.specimen());
    if (still.matches) return this.go(next ?? [0, 0]);
    if (!next) this.go([0, 0]);
    this.#step();
  }

  #step() {
    const now = this.specimen();
    const place = placeAfter(now);
    if (!place || !now) return this.stop();
    this.go(place);
    const stay = Math.min(LONGEST_STAY_MILLISECONDS, SLIDE_MILLISECONDS / (now.size[0] * now.size[1]));
    this.#timer = window.setTimeout(() => this.#step(), stay);
    this.#show();
  }

  #show() {
    const [words, icon] = this.#timer
      ? ["Stop", "icon-stop"]
      : still.matches
        ? ["Next place", "icon-step"]
        : ["Slide", "icon-play"];
    write(this.button.querySelector("span"), words);
    setIcon(this.button.querySelector("svg"), icon);
  }
}

/** The place after the one looked at, row by row; null after the last. @param {Specimen | null} specimen */
function placeAfter(specimen) {
  if (!specimen) return null;
  const [rows, columns] = specimen.size;
  const at = specimen.place[0] * columns + specimen.place[1] + 1;
  if (at >= rows * columns) return null;
  return /** @type {[number, number]} */ ([Math.floor(at / columns), at % columns]);
}
