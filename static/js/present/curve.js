// @ts-check
// One curve in lines thick enough for the last row, drawn anew when what it shows has changed.

import { roundSteps, shareAlong } from "../charts/axis.js";
import { playhead, totalSteps } from "../state/selectors.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("./quantities.js").Quantity} Quantity
 */

const SPACE = "http://www.w3.org/2000/svg";
const MARGIN = { left: 68, right: 24, top: 16, bottom: 40 };
const TICK_ROOM = 0.16;

/** @param {SVGElement} svg @param {State} state @param {Quantity} quantity */
export function drawCurve(svg, state, quantity) {
  const { clientWidth: width, clientHeight: height } = svg;
  if (width < MARGIN.left + MARGIN.right || height < MARGIN.top + MARGIN.bottom) return;
  const total = totalSteps(state);
  const course = quantity.of(state);
  const top = quantity.top(course);
  const floor = height - MARGIN.bottom;
  const x = (/** @type {number} */ step) =>
    MARGIN.left + shareAlong(step, total) * (width - MARGIN.left - MARGIN.right);
  const y = (/** @type {number} */ value) => floor - (value / top) * (floor - MARGIN.top);
  const parts = [0, 0.5, 1].flatMap((share) => [
    node("path", { class: "rule", d: `M${MARGIN.left} ${y(share * top)}H${width - MARGIN.right}` }),
    label(quantity.say(share * top), MARGIN.left - 10, y(share * top) + 6, "end"),
  ]);
  for (const step of roundSteps(total, TICK_ROOM))
    parts.push(label(String(step), x(step), height - 10, "middle"));
  const points = course.step.map((step, at) => `${x(step).toFixed(1)} ${y(course.value[at]).toFixed(1)}`);
  if (points.length) {
    parts.push(node("path", { class: "head", d: `M${x(playhead(state))} ${MARGIN.top}V${floor}` }));
    parts.push(node("path", { class: "course", d: `M${points.join("L")}` }));
  }
  svg.replaceChildren(...parts);
}

/** @param {string} text @param {number} x @param {number} y @param {string} anchor */
function label(text, x, y, anchor) {
  const element = node("text", { x: String(x), y: String(y), "text-anchor": anchor });
  element.textContent = text;
  return element;
}

/** @param {string} name @param {Record<string, string>} attributes */
function node(name, attributes) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
