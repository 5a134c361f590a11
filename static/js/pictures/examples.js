// @ts-check
// A strip of the test set's pictures to begin with, and the inks and pens where there is a choice.

import { make } from "../views/elements.js";
import { inksFor } from "./inks.js";
import { paintPicture } from "./paint.js";

/** @typedef {import("./test_set.js").Picture} Picture */

/**
 * @param {HTMLElement} root
 * @param {Picture[]} pictures
 * @param {number | null} chosen  a picture's number
 * @param {(index: number) => void} choose
 * @param {string} [whose]  what each is called
 */
export function drawExamples(root, pictures, chosen, choose, whose = "Test picture") {
  const key = [whose, ...pictures.map(({ name, index, shape }) => [name, index, shape])].join();
  if (root.dataset.key !== key) {
    root.dataset.key = key;
    root.ariaLabel = `${whose}s`;
    root.replaceChildren(...pictures.map((picture) => makeExample(picture, choose, whose)));
  }
  pictures.forEach(({ index }, at) =>
    root.children[at].setAttribute("aria-pressed", String(index === chosen)),
  );
}

/** @param {Picture} picture @param {(index: number) => void} choose @param {string} whose */
function makeExample({ name, index, pixels, shape }, choose, whose) {
  const canvas = make("canvas", { "aria-hidden": "true" });
  paintPicture(canvas, pixels, shape);
  const properties = {
    type: "button",
    class: "example",
    title: name,
    "aria-label": `${whose}: ${name}`,
    onclick: () => choose(index),
  };
  return make("button", properties, canvas);
}

/**
 * @param {HTMLElement} root
 * @param {import("./drawing.js").Shape} shape
 * @param {{ink: number, pen: number}} chosen
 * @param {(change: {ink?: number, pen?: number}) => void} choose
 */
export function drawInks(root, shape, chosen, choose) {
  const { palette, pens, ink } = inksFor(shape);
  root.hidden = palette.length === 0;
  const key = shape.join();
  if (root.dataset.key !== key) {
    root.dataset.key = key;
    const inks = palette.map((one, at) => makeSwatch(one, () => choose({ ink: at + 1 })));
    const widths = pens.map(({ name }, at) => makePen(name, () => choose({ pen: at })));
    root.replaceChildren(
      make("div", { class: "swatches" }, ...inks),
      make("div", { class: "pens" }, ...widths),
    );
  }
  press(root.querySelectorAll(".swatch"), (chosen.ink || ink) - 1);
  press(root.querySelectorAll(".pen"), chosen.pen);
}

/** @param {{name: string, colour: number[]}} ink @param {() => void} onclick */
function makeSwatch({ name, colour }, onclick) {
  const properties = { type: "button", class: "swatch", "aria-label": `Ink: ${name}`, onclick };
  const swatch = make("button", properties);
  swatch.style.background = `rgb(${[0, 1, 2].map((channel) => colour[channel % colour.length])})`;
  return swatch;
}

/** @param {string} name @param {() => void} onclick */
const makePen = (name, onclick) => make("button", { type: "button", class: "button pen", onclick }, name);

/** @param {NodeListOf<Element>} buttons @param {number} chosen */
const press = (buttons, chosen) =>
  buttons.forEach((button, at) => button.setAttribute("aria-pressed", String(at === chosen)));
