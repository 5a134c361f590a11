// @ts-check
// What the first and the last card say: the question as it is asked, and that the asker may do it.

import { convolutionsOf } from "../state/layers.js";
import { currentFrame } from "../state/selectors.js";
import { grouped, inWords } from "../words/numbers.js";
import { sizeOf } from "./figures.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("./steps.js").Spot} Spot
 */

/**
 * The scene of that line; where nobody knows how the layers were made, the filters themselves.
 * @param {State} state
 * @returns {Spot}
 */
export const lineAt = ({ run }) =>
  run && !run.recipe ? { scene: "live", selector: "#now" } : { scene: "code", selector: "#code-card" };

/** The line, where no scene shows it. @param {State} state */
export const lineToTell = (state) => (lineAt(state).scene === "code" ? null : lineOf(state));

/** The line of code that makes the filters on the stage. @param {State} state */
export function lineOf(state) {
  const frame = currentFrame(state);
  if (!frame) return null;
  const { height, filters } = sizeOf(frame);
  const known = state.run ? state.run.recipe : presetOf(state)?.recipe;
  const { strides = 1, padding, activation } = (known && convolutionsOf(known)[0]) || {};
  const more = [
    strides > 1 ? `strides=${strides}` : "",
    padding === "same" ? `padding="same"` : "",
    activation && activation !== "linear" ? `activation="${activation}"` : "",
  ];
  return `model.add(Conv2D(${[filters, height, ...more].filter(Boolean).join(", ")}))`;
}

/** @param {State} state */
const presetOf = ({ presets, choice }) => presets?.find(({ name }) => name === choice.preset);

/** @param {State} state @returns {string[]} */
export function asks(state) {
  const frame = currentFrame(state);
  if (!frame) return ["One moment: the first filters are being drawn."];
  const { height, width, filters } = sizeOf(frame);
  return [
    `This line asks for ${grouped(filters)} filters of ${height} × ${width} numbers, and it runs. But ` +
      "which numbers? Shouldn’t somebody have to specify them? And what is a filter, mathematically?",
    "Many who copied such a line have asked just that. This tour answers it in about three minutes, on " +
      `${state.run ? "the network" : "a network"} in front of you.`,
  ];
}

/** @param {State} state @returns {string[]} */
export function yourTurn(state) {
  const count = currentFrame(state)?.kernel.shape[3];
  const those = count ? `these ${inWords(count)}` : "those";
  return [
    `Nobody had to specify ${those} filters, but one can. Write the numbers yourself, put them where ` +
      "chance put its own, and decide whether training may change them.",
    "Then let it train, and see: do yours do as well as those it finds by itself?",
  ];
}
