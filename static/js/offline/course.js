// @ts-check
// How a filter became what it is: its score over the steps, and itself at some of them.

import { Axes } from "../charts/axes.js";
import { roundSteps } from "../charts/axis.js";
import { drawingOf, frameIn } from "../charts/drawing.js";
import { painted, shape } from "../charts/svg.js";
import { SCORES } from "../charts/ticks.js";
import { cellOf } from "../kernels/atlas.js";
import { indexAt } from "../state/frames.js";
import { currentFrame, lastStep, playhead, shownFrames, totalSteps } from "../state/selectors.js";
import { fixed } from "../words/numbers.js";
import { icon, make, setGlyph } from "../views/elements.js";
import { showHead } from "./curves.js";
import { paintOne } from "./painting.js";

const ROOM = 0.11;
const HEIGHT = 120;
const FILTER_WIDTH = 45;

/**
 * @param {HTMLElement} dialog
 * @param {import("../types.js").State} state
 * @param {number} filter
 * @param {number} limit
 * @param {import("../control/commands.js").Looking} commands
 */
export function drawCourse(dialog, state, filter, limit, commands) {
  drawScore(/** @type {HTMLElement} */ (dialog.querySelector(".score-course")), state, filter);
  const frames = shownFrames(state);
  const shown = new Set(roundSteps(lastStep(state), ROOM).map((step) => Math.max(0, indexAt(frames, step))));
  const current = currentFrame(state);
  const buttons = [...shown].map((index) => {
    const button = stepButton(frames[index], filter, limit, commands);
    if (frames[index] === current) button.setAttribute("aria-current", "true");
    return button;
  });
  const course = /** @type {HTMLElement} */ (dialog.querySelector(".course"));
  const focused = [...course.children].indexOf(/** @type {Element} */ (document.activeElement));
  course.replaceChildren(...buttons);
  if (focused >= 0) buttons[focused]?.focus();
}

/**
 * The filter as it was at one step, by which one looks at that step.
 * @param {import("../types.js").Frame} frame
 * @param {number} filter
 * @param {number} limit
 * @param {import("../control/commands.js").Looking} commands
 */
function stepButton({ step, kernel, verdicts }, filter, limit, commands) {
  const label = verdicts?.label[filter];
  const glyph = icon("glyph-noise", "glyph");
  setGlyph(glyph, label, verdicts?.orientation_degrees[filter]);
  const canvas = make("canvas", {});
  const multiple = Math.max(1, Math.floor(FILTER_WIDTH / cellOf(kernel.shape).width));
  paintOne(canvas, kernel, filter, limit, multiple);
  const name = [`Look at step ${step}`, label ?? []].flat().join(": ");
  const onclick = () => commands.lookAt(step);
  return make("button", { type: "button", "aria-label": name, onclick }, canvas, glyph, String(step));
}

/**
 * @param {HTMLElement} root
 * @param {import("../types.js").State} state
 * @param {number} filter
 */
function drawScore(root, state, filter) {
  const judged = shownFrames(state).filter((frame) => frame.verdicts);
  const [width, total] = [root.clientWidth, totalSteps(state)];
  if (!width || !judged.length) return root.replaceChildren();
  const step = judged.map((frame) => frame.step);
  const value = judged.map((frame) => frame.verdicts?.score[filter] ?? 0);
  const score = { name: "score", step, value, paint: "edge", width: 2.5, say: () => "" };
  const frame = frameIn({ width, height: HEIGHT });
  const head = shape("line", { class: "playhead" });
  showHead(head, new Axes(frame, total, 1), playhead(state));
  const last = judged.length - 1;
  const words =
    `Edge score over the steps: ${fixed(value[0])} at step ${step[0]}, ` +
    `${fixed(value[last])} at step ${step[last]}.`;
  root.replaceChildren(
    shape(
      "svg",
      { role: "img", "aria-label": words, viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT },
      ...painted(drawingOf({ total, top: 1, ticks: SCORES, series: [score] }, frame)),
      head,
    ),
    make("p", { class: "quiet" }, "Edge score: 0 is what chance gives, 1 a perfect edge."),
  );
}
