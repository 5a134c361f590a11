// @ts-check
// Window times filter is products, number by number; and their sum with the bias.

import { patchCells, signedCells } from "../../pictures/cell_looks.js";
import { RingedCell, gridOf } from "../../pictures/cells.js";
import { NumberTable } from "../../pictures/table.js";
import { byId, make, onChoice, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";
import { AFTER } from "./answers.js";

/**
 * @typedef {import("./specimen.js").Specimen} Specimen
 * @typedef {import("../../pictures/convolution.js").Worked} Worked
 * @typedef {{sign: string, name: string, value: number, answer?: boolean}} Term
 */

const COLOURS = ["red", "green", "blue"];
const LARGEST_CELL = 34;
const SMALLEST_CELL = 27;
/** Grids with more columns than this lie below the formula, over the whole width. */
const MOST_BESIDE = 5;
/** As in the style sheet. */
const SIGN_WIDTH = 32;

export class Working {
  /** @param {() => void} redraw @param {(channel: string) => void} chooseChannel */
  constructor(redraw, chooseChannel) {
    this.root = byId("code-grids");
    this.tables = ["patch", "kernel", "products"].map((name) => new NumberTable(byId(`code-${name}`)));
    this.ringed = new RingedCell(this.root, redraw);
    onChoice("code-channel", chooseChannel);
  }

  /** @param {Specimen} specimen @param {Worked} worked */
  draw(specimen, worked) {
    const { task, channel, limit, largest } = specimen;
    const grid = gridOf(task.kernel.shape, channel);
    const ringed = this.ringed.in(grid, worked.products);
    const shape = { rows: grid.rows, columns: grid.columns };
    this.#fit(grid.columns);
    const [patch, kernel, products] = this.tables;
    patch.draw({ ...shape, cell: patchCells(specimen, worked, grid, ringed) });
    kernel.draw({ ...shape, cell: signedCells(specimen, worked.kernel, limit, grid, ringed) });
    const cell = signedCells(specimen, worked.products, limit * largest, grid, ringed);
    products.draw({ ...shape, cell });
    byId("code-channel").hidden = task.kernel.shape[2] !== 3;
    for (const radio of byId("code-channel").querySelectorAll("input"))
      radio.checked = radio.value === String(channel);
    write(byId("code-reading"), readingOf(worked, ringed, channel));
    drawSum(termsOf(specimen, worked));
  }

  /** @param {number} columns */
  #fit(columns) {
    const isLarge = columns > MOST_BESIDE;
    byId("code-sums").classList.toggle("large", isLarge);
    const width = this.root.parentElement?.clientWidth ?? 0;
    const abreast = Math.floor((width - 2 * SIGN_WIDTH) / (3 * columns));
    const alone = Math.floor(width / columns);
    const cell = abreast >= SMALLEST_CELL ? abreast : alone;
    this.root.style.setProperty("--cell", `${Math.max(SMALLEST_CELL - 3, Math.min(LARGEST_CELL, cell))}px`);
  }
}

/**
 * The three cells that are ringed, in words.
 * @param {Worked} worked
 * @param {import("../../pictures/cells.js").Ringed} ringed
 * @param {number} channel
 */
function readingOf({ patch, kernel, products }, { row, column, at }, channel) {
  const [pixel, weight, product] = [patch[at], kernel[at], products[at]].map((value) => fixed(value, 3));
  return `u = ${row}, v = ${column}, c = ${channel}: ${pixel} × ${weight} = ${product}`;
}

/** @param {Specimen} specimen @param {Worked} worked @returns {Term[]} */
export function termsOf({ task, place, filter }, worked) {
  const channels = task.kernel.shape[2];
  const after = AFTER[task.activation];
  const count = worked.products.length;
  const sums =
    channels === 3
      ? COLOURS.map((name, channel) => ({
          sign: channel ? "+" : "",
          name: `${name}, sum of ${count / 3}`,
          value: sumOf(worked.products, channel, channels),
        }))
      : [{ sign: "", name: `sum of ${count}`, value: worked.sum }];
  return [
    ...sums,
    { sign: "+", name: `bias b[${filter}]`, value: task.bias },
    { sign: "=", name: `y[${[...place, filter].join(", ")}]`, value: worked.before, answer: !after },
    ...(after ? [{ sign: "→", name: after, value: worked.output, answer: true }] : []),
  ];
}

/** @param {Float64Array} products @param {number} channel @param {number} channels */
function sumOf(products, channel, channels) {
  let sum = 0;
  for (let at = channel; at < products.length; at += channels) sum += products[at];
  return sum;
}

/** @param {Term[]} terms */
function drawSum(terms) {
  const root = byId("code-sum");
  if (root.childElementCount !== terms.length)
    root.replaceChildren(
      ...terms.map(({ sign, answer }) => {
        const term = make(
          "span",
          { class: `term${answer ? " answer" : ""}` },
          make("span", { class: "quiet" }),
          make("b"),
        );
        return make(
          "span",
          { class: "piece" },
          ...(sign ? [make("span", { class: "sign" }, sign)] : []),
          term,
        );
      }),
    );
  terms.forEach(({ name, value, answer, sign }, at) => {
    const term = root.children[at].querySelector(".term");
    term.classList.toggle("answer", Boolean(answer));
    write(term.firstElementChild, name);
    write(term.lastElementChild, fixed(value));
    const mark = root.children[at].querySelector(".sign");
    if (mark) write(mark, sign);
  });
}
