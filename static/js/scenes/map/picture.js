// @ts-check
// The map as a picture for a paper or a slide: its cells as they are shown, in the page's colours.

import { shape } from "../../charts/svg.js";
import { colour } from "../../charts/theme.js";
import { layoutIn, measureIn } from "../../map/chooser.js";
import { panelsOf } from "../../map/model.js";
import { momentIn, totalOf } from "../../map/reading.js";
import { momentWords } from "../../map/moments.js";
import { MEASURES } from "../../map/words.js";
import { CELL, cellOf, text } from "./picture_cell.js";

/** @typedef {import("../../map/board.js").Board} Board */
/** @typedef {NonNullable<Board["shown"]>} Shown @typedef {import("../../map/model.js").Panel} Panel */

const [LEFT, TOP, MARGIN] = [110, 108, 24];
/** Over a small map: its name, and room to the one before. */
const [NAME, ABOVE] = [20, 66];

/** An SVG document; small maps lie below one another. @param {Board} board */
export function pictureOf(board) {
  const shown = /** @type {Shown} */ (board.shown);
  const { sweep, details } = shown;
  const panels = panelsOf(sweep.axes, layoutIn(details, sweep.axes.length));
  const [{ rows }] = panels;
  const width = LEFT + rows[0].length * (CELL.width + CELL.gap) + MARGIN;
  const height = topOf(panels.length, panels) - ABOVE + MARGIN;
  const family = getComputedStyle(document.documentElement).fontFamily;
  const page = shape(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "font-family": family },
    shape("title", {}, sweep.name),
    shape("rect", { width, height, fill: colour("bg") }),
    ...headOf(board, shown),
    ...panels.flatMap((panel, place) => panelOf(board, shown, panel, topOf(place, panels))),
  );
  return new XMLSerializer().serializeToString(page);
}

/** Where the cells of a small map begin. @param {number} place @param {Panel[]} panels */
function topOf(place, panels) {
  const each = panels[0].rows.length * (CELL.height + CELL.gap) + ABOVE;
  return TOP + (panels[0].words ? NAME : 0) + place * each;
}

/** @param {Board} board @param {Shown} shown @param {Panel} panel @param {number} top */
function panelOf(board, shown, { words, rows }, top) {
  const cells = rows.flatMap((row, down) =>
    row.map((at, across) => cellOf(board, shown, at, placeOf(across, down, top))),
  );
  const title = words ? [text(LEFT, top - 34, words, { weight: 600, size: 15 })] : [];
  return [...title, ...namesOf(shown, rows, top), ...cells];
}

/** @param {number} across @param {number} down @param {number} top */
const placeOf = (across, down, top) => ({
  x: LEFT + across * (CELL.width + CELL.gap),
  y: top + down * (CELL.height + CELL.gap),
});

/** @param {Board} board @param {Shown} shown */
function headOf({ frame }, { sweep, details }) {
  const measure = measureIn(details, sweep);
  const moment = momentWords({ total: totalOf(sweep), moment: momentIn(details, sweep) });
  const seeds = `seeds ${sweep.seeds.join(", ")}`;
  return [
    text(MARGIN, 38, frame.title.textContent ?? "", { size: 22, weight: 600 }),
    text(MARGIN, 60, `${sweep.name}: ${MEASURES[measure].title}, ${moment}, ${seeds}`, {
      paint: "ink2",
    }),
  ];
}

/** @param {Shown} shown @param {number[][][]} rows @param {number} top */
function namesOf({ sweep, details }, rows, top) {
  const { across, down } = layoutIn(details, sweep.axes.length);
  const above = rows[0].map((_, column) =>
    text(placeOf(column, 0, top).x, top - 10, sweep.axes[across].words[column], { paint: "ink2" }),
  );
  if (down === null) return above;
  const beside = rows.map((_, row) =>
    text(LEFT - 12, placeOf(0, row, top).y + CELL.height / 2, sweep.axes[down].words[row], {
      paint: "ink2",
      anchor: "end",
    }),
  );
  return [...above, ...beside];
}
