// @ts-check
// One learning step of one filter in numbers: W − η · ∂L/∂W = W′.

import { filterOf } from "../../kernels/slices.js";
import { byId, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";
import { colourOf } from "../../pictures/paint.js";
import { fitCells, isShort, largestIn, shortened, watchCells } from "./cells.js";
import { NumberTable, cellAt } from "./table.js";

/**
 * @typedef {import("./specimen.js").Specimen} Specimen
 * @typedef {import("./learning.js").Lesson} Lesson
 */

const READING_PLACES = 5;

/** @param {() => void} redraw */
export function createLesson(redraw) {
  const root = byId("lesson-tables");
  const tables = ["weights", "gradient", "after"].map((name) => new NumberTable(byId(`lesson-${name}`)));
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
    /**
     * @param {Specimen} specimen
     * @param {Lesson | null} lesson  null until it is here
     * @param {import("../../types.js").State} state
     */
    draw(specimen, lesson, state) {
      const { task, channel, filter, limit } = specimen;
      const [rows, columns, channels] = task.kernel.shape;
      fitCells(root, columns);
      const at = (/** @type {number} */ row, /** @type {number} */ column) =>
        (row * columns + column) * channels + channel;
      const [weights, gradient, after] = [task.kernel.values, lesson?.gradient, lesson?.after];
      const ringed =
        pointed && pointed[0] < rows && pointed[1] < columns
          ? pointed
          : largestIn(gradient ?? weights, channel, channels, columns);
      const strongest = gradient?.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
      const places = isShort(columns) ? 2 : 3;
      [weights, gradient, after].forEach((values, index) => {
        const cell = (/** @type {number} */ row, /** @type {number} */ column) => ({
          text: values ? shortened(fixed(values[at(row, column)], places), true) : "·",
          colour: values ? colourOf(values[at(row, column)], index === 1 ? strongest : limit, true) : null,
          name: row === ringed[0] && column === ringed[1] ? "ringed" : "",
        });
        tables[index].draw({ rows, columns, cell });
      });
      write(byId("lesson-title"), `W: filter ${filter + 1}`);
      write(
        byId("lesson-words"),
        (
          `${["red", "green", "blue"][channels === 3 ? channel : 3] ?? ""} weights at step ` +
          `${specimen.step}`
        ).trim(),
      );
      write(byId("lesson-pull-words"), gradient ? `strongest ${fixed(strongest, 3)}` : "");
      write(byId("lesson-rate"), lesson ? rateText(lesson.rate) : "");
      write(byId("lesson-reading"), lesson ? readingOf(weights, lesson, at(...ringed), ringed) : "");
      write(
        byId("lesson-note"),
        lesson
          ? noteOf(lesson, specimen, state, at(...ringed))
          : "Working out which way the next batch pulls …",
      );
    },
  };
}

/** @param {number} rate */
const rateText = (rate) => String(Number(rate.toPrecision(4)));

/**
 * @param {ArrayLike<number>} weights
 * @param {Lesson} lesson
 * @param {number} at
 * @param {[number, number]} cell
 */
function readingOf(weights, { gradient, after, rate }, at, [row, column]) {
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
  const optimizer = state.run?.recipe.optimizer ?? {};
  const plain = optimizer.type === "sgd" && !optimizer.momentum;
  const next = state.frames.find((frame) => frame.step === step + 1);
  const went = next
    ? ` The run itself went to ${fixed(filterOf(next.kernel, filter).weights[at], READING_PLACES)} in the ` +
      "ringed cell."
    : "";
  const other = plain
    ? ""
    : " This is plain descent; the run learns with " +
      `${optimizer.type}${optimizer.momentum ? ` and momentum ${optimizer.momentum}` : ""}, which also ` +
      "remembers earlier steps.";
  return (
    `∂L/∂W says how the error of the next ${batch} pictures (now ${fixed(loss ?? 0)}) grows with each ` +
    "weight; going the other way, η of it, makes it smaller. " +
    `It holds the weight decay.${other}${went} ${remark}`
  ).trim();
}
