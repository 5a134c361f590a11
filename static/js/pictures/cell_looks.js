// @ts-check
// How the cells of a window, of a filter and of their products look: numbers on their own colours.

import { fixed } from "../words/numbers.js";
import { isShort, ringAt, shortened } from "./cells.js";
import { isInside } from "./convolution.js";
import { gapsOf } from "./laying.js";
import { colourOf } from "./paint.js";

/**
 * @typedef {import("./cells.js").Grid} Grid
 * @typedef {import("./cells.js").Ringed} Ringed
 * @typedef {import("./convolution.js").Worked} Worked
 * @typedef {object} Specimen  What is laid over what.
 * @property {import("./convolution.js").Task} task
 * @property {ArrayLike<number>} levels  brightness of the picture, 0 to 255, as its values
 * @property {number} channel  shown in the tables
 * @property {boolean} [textbook]  whole numbers
 * @property {boolean} [short]  without the zero before the point, however much room there is
 */

/** @param {Specimen} specimen @param {number} value @param {Grid} grid */
const textOf = ({ textbook, short = false }, value, { columns }) =>
  shortened(textbook ? fixed(value, 0) : fixed(value), short || isShort(columns));

/**
 * The cells of the patch; those beyond the picture's border are padding.
 * @param {Specimen} specimen
 * @param {Worked} worked
 * @param {Grid} grid
 * @param {Ringed} ringed
 * @returns {import("./table.js").Look["cell"]}
 */
export const patchCells = (specimen, worked, grid, ringed) => (row, column) => {
  const [down, across] = gapsOf(specimen.task.laying);
  const [y, x] = [worked.top + row * down, worked.left + column * across];
  const inside = isInside(specimen.task.input, y, x);
  return {
    text: textOf(specimen, worked.patch[grid.at(row, column)], grid),
    colour: inside ? pixelColour(specimen, y, x) : null,
    name: `${ringAt(ringed, row, column)}${inside ? "" : " padding"}`.trim(),
  };
};

/**
 * Cells in the colours of weights.
 * @param {Specimen} specimen
 * @param {ArrayLike<number>} values
 * @param {number} limit
 * @param {Grid} grid
 * @param {Ringed} ringed
 * @returns {import("./table.js").Look["cell"]}
 */
export const signedCells = (specimen, values, limit, grid, ringed) => (row, column) => ({
  text: textOf(specimen, values[grid.at(row, column)], grid),
  colour: colourOf(values[grid.at(row, column)], limit, true),
  name: ringAt(ringed, row, column),
});

/**
 * The brightness of a pixel as a colour; of one channel of three it is shown in that light.
 * @param {Specimen} specimen
 * @param {number} row
 * @param {number} column
 */
function pixelColour({ task, levels, channel }, row, column) {
  const [, width, channels] = task.input.shape;
  const level = levels[(row * width + column) * channels + channel];
  return channels === 3
    ? [0, 1, 2].map((light) => (light === channel ? level : level * 0.25))
    : [level, level, level];
}
