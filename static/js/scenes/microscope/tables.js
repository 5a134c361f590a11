// @ts-check
// Patch times filter is products: three tables in which the same cell is ringed.

import { byId, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";
import { colourOf } from "../../pictures/paint.js";
import { fitCells, isShort, largestIn, shortened, watchCells } from "./cells.js";
import { isInside } from "./convolution.js";
import { NumberTable, cellAt } from "./table.js";

/** @typedef {import("./specimen.js").Specimen} Specimen */
/** @typedef {import("./convolution.js").Worked} Worked */

const COLOURS = ["red", "green", "blue"];

/** @param {() => void} redraw */
export function createTables(redraw) {
  const root = byId("lens-tables");
  const [patch, kernel, products] = ["patch", "kernel", "products"].map(
    (name) => new NumberTable(byId(`lens-${name}`)),
  );
  /** @type {[number, number] | null} */
  let pointed = null;

  watchCells(
    root,
    (cell) => {
      pointed = cell;
      redraw();
    },
    cellAt,
  );

  return {
    /** @param {Specimen} specimen @param {Worked} worked */
    draw(specimen, worked) {
      const { task, channel, textbook } = specimen;
      const [rows, columns, channels] = task.kernel.shape;
      const short = isShort(columns);
      fitCells(root, columns);
      const at = (/** @type {number} */ row, /** @type {number} */ column) =>
        (row * columns + column) * channels + channel;
      const text = (/** @type {number} */ value) =>
        shortened(textbook ? fixed(value, 0) : fixed(value), short);
      const ringed =
        pointed && pointed[0] < rows && pointed[1] < columns
          ? pointed
          : largestIn(worked.products, channel, channels, columns);
      const ring = (/** @type {number} */ row, /** @type {number} */ column) =>
        row === ringed[0] && column === ringed[1] ? "ringed" : "";
      const shared = { rows, columns, numbered: textbook };
      patch.draw({
        ...shared,
        cell(row, column) {
          const inside = isInside(task.input, worked.top + row, worked.left + column);
          const colour = inside ? pixelColour(specimen, worked.top + row, worked.left + column) : null;
          return {
            text: text(worked.patch[at(row, column)]),
            colour,
            name: `${ring(row, column)}${inside ? "" : " padding"}`.trim(),
          };
        },
      });
      const weight = (/** @type {number} */ row, /** @type {number} */ column) =>
        worked.kernel[at(row, column)];
      kernel.draw({
        ...shared,
        cell: (row, column) => ({
          text: text(weight(row, column)),
          colour: colourOf(weight(row, column), specimen.limit, true),
          name: ring(row, column),
        }),
      });
      const product = (/** @type {number} */ row, /** @type {number} */ column) =>
        worked.products[at(row, column)];
      const limit = specimen.limit * specimen.largest;
      const sums = Array.from({ length: rows }, (_, row) =>
        fixed(
          sumOf(columns, (column) => product(row, column)),
          textbook ? 0 : 2,
        ),
      );
      products.draw({
        ...shared,
        sums,
        cell: (row, column) => ({
          text: text(product(row, column)),
          colour: colourOf(product(row, column), limit, true),
          name: ring(row, column),
        }),
      });
      describe(specimen, worked, ringed, at(...ringed));
    },
  };
}

/** @param {Specimen} specimen @param {Worked} worked @param {[number, number]} ringed @param {number} at */
function describe({ task, textbook, filter, channel }, worked, [row, column], at) {
  const [height, width, channels] = task.kernel.shape;
  const colour = channels === 3 ? `${COLOURS[channel]} light, ` : "";
  write(
    byId("lens-patch-words"),
    `${colour}rows ${span(worked.top, height)}, columns ${span(worked.left, width)}`,
  );
  write(byId("lens-kernel-title"), textbook ? "Kernel" : `Filter ${filter + 1}`);
  write(
    byId("lens-kernel-words"),
    `${colour}${height} × ${width} weights${task.laying.flip ? ", flipped" : ""}`,
  );
  const places = textbook ? [0, 0, 0] : [2, 3, 2];
  const [pixel, weight, product] = [worked.patch[at], worked.kernel[at], worked.products[at]].map(
    (value, part) => fixed(value, places[part]),
  );
  write(
    byId("lens-reading"),
    `row ${fixed(worked.top + row, 0)}, column ${fixed(worked.left + column, 0)}: ${pixel} × ${weight} ` +
      `= ${product}`,
  );
}

/** @param {number} first @param {number} count */
const span = (first, count) =>
  first < 0 ? `${fixed(first, 0)} to ${fixed(first + count - 1, 0)}` : `${first}–${first + count - 1}`;

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

/** @param {number} count @param {(at: number) => number} value */
function sumOf(count, value) {
  let sum = 0;
  for (let at = 0; at < count; at++) sum += value(at);
  return sum;
}
