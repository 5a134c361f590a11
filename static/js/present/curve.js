// @ts-check
// One curve in lines thick enough for the last row, drawn anew when what it shows has changed.

import { Axes } from "../charts/axes.js";
import { drawingOf } from "../charts/drawing.js";
import { painted, shape } from "../charts/svg.js";
import { PERCENT, roundTicks } from "../charts/ticks.js";
import { playhead, totalSteps } from "../state/selectors.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("./quantities.js").Quantity} Quantity
 */

const MARGIN = { left: 68, right: 24, ceiling: 16, floor: 40 };
/** Letters and lines half as large again as beside the filters. */
const UNIT = 1.5;
const WIDTH = 2.7;

/** @param {SVGElement} svg @param {State} state @param {Quantity} quantity */
export function drawCurve(svg, state, quantity) {
  const { clientWidth: width, clientHeight: height } = svg;
  if (width < MARGIN.left + MARGIN.right || height < MARGIN.ceiling + MARGIN.floor) return;
  const { left, ceiling } = MARGIN;
  const [right, floor] = [width - MARGIN.right, height - MARGIN.floor];
  const frame = { width, height, left, right, ceiling, floor, unit: UNIT };
  const course = quantity.of(state);
  const [total, top] = [totalSteps(state), quantity.top(course)];
  const shares = PERCENT.map(({ value }) => ({ value, text: quantity.say(value) }));
  const chart = {
    total,
    top,
    ticks: top === 1 ? shares : roundTicks(top),
    series: [{ name: "course", ...course, paint: "accent", width: WIDTH, say: () => "" }],
  };
  const x = new Axes(frame, total, top).x(playhead(state));
  const head = shape("path", { class: "head", d: `M${x} ${ceiling}V${floor}` });
  svg.replaceChildren(...(course.step.length ? [head] : []), ...painted(drawingOf(chart, frame)));
}
