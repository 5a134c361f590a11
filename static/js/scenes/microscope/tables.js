// @ts-check
// Patch times filter is products: three tables in which the same cell is ringed.

import { byId, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";
import { RingedCell, fitCells, gridOf } from "../../pictures/cells.js";
import { gapsOf } from "../../pictures/laying.js";
import { patchCells, signedCells } from "../../pictures/cell_looks.js";
import { NumberTable } from "../../pictures/table.js";

/** @typedef {import("./specimen.js").Specimen} Specimen */
/** @typedef {import("../../pictures/convolution.js").Worked} Worked */
/** @typedef {import("../../pictures/cells.js").Grid} Grid */
/** @typedef {import("../../pictures/cells.js").Ringed} Ringed */

const COLOURS = ["red", "green", "blue"];

export class Tables {
  /** @param {() => void} redraw */
  constructor(redraw) {
    this.root = byId("lens-tables");
    this.patch = new NumberTable(byId("lens-patch"));
    this.kernel = new NumberTable(byId("lens-kernel"));
    this.products = new NumberTable(byId("lens-products"));
    this.ringed = new RingedCell(this.root, redraw);
  }

  /** @param {Specimen} specimen @param {Worked} worked */
  draw(specimen, worked) {
    const grid = gridOf(specimen.task.kernel.shape, specimen.channel);
    const ringed = this.ringed.in(grid, worked.products);
    const shared = { rows: grid.rows, columns: grid.columns, numbered: specimen.textbook };
    const limit = specimen.limit * specimen.largest;
    fitCells(this.root, grid.columns);
    this.patch.draw({ ...shared, cell: patchCells(specimen, worked, grid, ringed) });
    this.kernel.draw({
      ...shared,
      cell: signedCells(specimen, worked.kernel, specimen.limit, grid, ringed),
    });
    this.products.draw({
      ...shared,
      sums: rowSums(specimen, worked.products, grid),
      cell: signedCells(specimen, worked.products, limit, grid, ringed),
    });
    describe(specimen, worked, ringed);
  }
}

/** @param {Specimen} specimen @param {Float64Array} products @param {Grid} grid */
function rowSums({ textbook }, products, { rows, columns, at }) {
  return Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += products[at(row, column)];
    return fixed(sum, textbook ? 0 : 2);
  });
}

/** @param {Specimen} specimen @param {Worked} worked @param {Ringed} ringed */
function describe({ task, textbook, filter, channel }, worked, { row, column, at }) {
  const [height, width, channels] = task.kernel.shape;
  const [down, across] = gapsOf(task.laying);
  const colour = channels === 3 ? `${COLOURS[channel]} light, ` : "";
  write(
    byId("lens-patch-words"),
    `${colour}rows ${span(worked.top, height, down)}, columns ${span(worked.left, width, across)}`,
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
    `row ${fixed(worked.top + row * down, 0)}, column ${fixed(worked.left + column * across, 0)}: ` +
      `${pixel} × ${weight} = ${product}`,
  );
}

/** @param {number} first @param {number} count @param {number} gap  from one to the next */
function span(first, count, gap) {
  const last = first + (count - 1) * gap;
  return first < 0 ? `${fixed(first, 0)} to ${fixed(last, 0)}` : `${first}–${last}`;
}
