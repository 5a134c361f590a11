// @ts-check
// One learning step of one filter in numbers: W − η · ∂L/∂W = W′.

import { filterOf } from "../../kernels/slices.js";
import { byId, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";
import { colourOf } from "../../pictures/paint.js";
import { RingedCell, fitCells, gridOf, isShort, ringAt, shortened } from "../../pictures/cells.js";
import { NumberTable } from "../../pictures/table.js";

/**
 * @typedef {import("./specimen.js").Specimen} Specimen
 * @typedef {import("./learning.js").Lesson} Lesson
 */

const READING_PLACES = 5;
const UNANSWERED = "Computing the gradient of the next batch…";
const COLOURS = ["red ", "green ", "blue "];

export class LessonTables {
  /** @param {() => void} redraw */
  constructor(redraw) {
    this.root = byId("lesson-tables");
    this.tables = ["weights", "gradient", "after"].map((name) => new NumberTable(byId(`lesson-${name}`)));
    this.ringed = new RingedCell(this.root, redraw);
  }

  /**
   * @param {Specimen} specimen
   * @param {Lesson | null} lesson  null until it is here
   * @param {import("../../types.js").State} state
   */
  draw(specimen, lesson, state) {
    const { values, shape } = specimen.task.kernel;
    const grid = gridOf(shape, specimen.channel);
    const ringed = this.ringed.in(grid, lesson?.gradient ?? values);
    const strongest = lesson?.gradient?.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    fitCells(this.root, grid.columns);
    const { limit } = specimen;
    this.tables[0].draw(lookOf(values, limit, grid, ringed));
    this.tables[1].draw(lookOf(lesson?.gradient, strongest, grid, ringed));
    this.tables[2].draw(lookOf(lesson?.after, limit, grid, ringed));
    const light = shape[2] === 3 ? COLOURS[specimen.channel] : "";
    write(byId("lesson-title"), `W: filter ${specimen.filter + 1}`);
    write(byId("lesson-words"), `${light}weights at step ${specimen.step}`);
    write(byId("lesson-pull-words"), lesson?.gradient ? `strongest ${fixed(strongest, 3)}` : "");
    write(byId("lesson-rate"), lesson ? rateText(lesson.rate) : "");
    write(byId("lesson-reading"), lesson ? readingOf(values, lesson, ringed) : "");
    write(byId("lesson-note"), lesson ? noteOf(lesson, specimen, state, ringed.at) : UNANSWERED);
  }
}

/**
 * @param {ArrayLike<number> | null | undefined} values
 * @param {number} limit  of the colours
 * @param {import("../../pictures/cells.js").Grid} grid
 * @param {import("../../pictures/cells.js").Ringed} ringed
 * @returns {import("../../pictures/table.js").Look}
 */
function lookOf(values, limit, { rows, columns, at }, ringed) {
  const places = isShort(columns) ? 2 : 3;
  return {
    rows,
    columns,
    cell: (row, column) => ({
      text: values ? shortened(fixed(values[at(row, column)], places), true) : "·",
      colour: values ? colourOf(values[at(row, column)], limit, true) : null,
      name: ringAt(ringed, row, column),
    }),
  };
}

/** @param {number} rate */
const rateText = (rate) => String(Number(rate.toPrecision(4)));

/**
 * @param {ArrayLike<number>} weights
 * @param {Lesson} lesson
 * @param {import("../../pictures/cells.js").Ringed} ringed
 */
function readingOf(weights, { gradient, after, rate }, { row, column, at }) {
  if (!gradient || !after) return "";
  const [old, pull, next] = [weights[at], gradient[at], after[at]].map((value) =>
    fixed(value, READING_PLACES),
  );
  return `row ${row}, column ${column}: ${old} − ${rateText(rate)} × ${pull} = ${next}`;
}

/**
 * @param {Lesson} lesson
 * @param {Specimen} specimen
 * @param {import("../../types.js").State} state
 * @param {number} at
 */
function noteOf({ gradient, loss, batch, remark }, { step, filter }, state, at) {
  if (!gradient) return remark;
  const optimizer = state.run?.recipe?.optimizer;
  const momentum = optimizer && "momentum" in optimizer ? optimizer.momentum : 0;
  const plain = optimizer?.type === "sgd" && !momentum;
  const next = state.frames.find((frame) => frame.step === step + 1);
  const went = next
    ? ` The run itself went to ${fixed(filterOf(next.kernel, filter).weights[at], READING_PLACES)} in the ` +
      "ringed cell."
    : "";
  const other = plain
    ? ""
    : " This is plain descent; the run learns with " +
      `${optimizer?.type}${momentum ? ` and momentum ${momentum}` : ""}, which also ` +
      "remembers earlier steps.";
  return (
    `∂L/∂W says how the error of the next ${batch} pictures (now ${fixed(loss ?? 0)}) grows with each ` +
    "weight; going the other way, η of it, makes it smaller. " +
    `It includes weight decay.${other}${went} ${remark}`
  ).trim();
}
