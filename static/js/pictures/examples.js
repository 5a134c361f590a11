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
 */
export function drawExamples(root, pictures, chosen, choose) {
  const key = pictures.map(({ name, index, shape }) => [name, index, shape]).join();
  if (root.dataset.key !== key) {
    root.dataset.key = key;
    root.replaceChildren(...pictures.map((picture) => makeExample(picture, choose)));
  }
  pictures.forEach(({ index }, at) =>
    root.children[at].setAttribute("aria-pressed", String(index === chosen)),
  );
}

/** @param {Picture} picture @param {(index: number) => void} choose */
function makeExample({ name, index, pixels, shape }, choose) {
  const canvas = make("canvas", { "aria-hidden": "true" });
  paintPicture(canvas, pixels, shape);
  const properties = {
    type: "button",
    class: "example",
    title: name,
    "aria-label": `Test picture: ${name}`,
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
    const inks = palette.map(({ name, colour }, at) => {
      const swatch = make("button", {
        type: "button",
        class: "swatch",
        "aria-label": `Ink: ${name}`,
        onclick: () => choose({ ink: at + 1 }),
      });
      swatch.style.background = `rgb(${[0, 1, 2].map((channel) => colour[channel % colour.length])})`;
      return swatch;
    });
    const widths = pens.map(({ name }, at) =>
      make("button", { type: "button", class: "button pen", onclick: () => choose({ pen: at }) }, name),
    );
    root.replaceChildren(
      make("div", { class: "swatches" }, ...inks),
      make("div", { class: "pens" }, ...widths),
    );
  }
  root
    .querySelectorAll(".swatch")
    .forEach((swatch, at) => swatch.setAttribute("aria-pressed", String(at + 1 === (chosen.ink || ink))));
  root
    .querySelectorAll(".pen")
    .forEach((pen, at) => pen.setAttribute("aria-pressed", String(at === chosen.pen)));
}
