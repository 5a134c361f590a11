// @ts-check
// The way a filter went, in a plane, with the pull of one step as an arrow on it.

import { norm } from "../../kernels/vectors.js";
import { colour } from "../../charts/theme.js";
import { byId, write } from "../../views/elements.js";
import { pathOf } from "./path.js";

/** @typedef {import("./subject.js").Subject} Subject */

const PATH = { width: 190, height: 84, margin: 20 };
const ARROW = 30;
const HEAD = 7;

/**
 * @param {Subject} subject
 * @param {{gradient: Float32Array, at: number} | null} pull  and the step at which it pulled
 */
export function drawWay({ frames, filter, index }, pull) {
  const canvas = /** @type {HTMLCanvasElement} */ (byId("filter-path"));
  const ratio = devicePixelRatio;
  canvas.width = PATH.width * ratio;
  canvas.height = PATH.height * ratio;
  canvas.style.width = `${PATH.width}px`;
  canvas.style.height = `${PATH.height}px`;
  const context = canvas.getContext("2d");
  if (!context || frames.length < 2 || index < 0) return write(byId("filter-path-words"), "no path yet");
  context.scale(ratio, ratio);
  const { points, toPlane } = pathOf(frames, filter);
  const place = placing(points);
  trace(context, points.map(place), colour("line"), 2);
  trace(context, points.slice(0, index + 1).map(place), colour("ink3"), 2);
  dot(context, place(points[0]), colour("ink3"), 3);
  dot(context, place(points[index]), colour("ink"), 4.5);
  const from = pull ? frames.findIndex(({ step }) => step === pull.at) : -1;
  const share =
    pull && from >= 0
      ? drawArrow(context, place(points[from]), toPlane(pull.gradient), norm(pull.gradient))
      : null;
  const arrow =
    share === null
      ? ""
      : `; arrow: next gradient step (step ${(pull?.at ?? 0) + 1}, ${Math.round(100 * share)} % of it in ` +
        "this plane)";
  canvas.setAttribute("aria-label", `Path of the filter from frame 0, left, to the last, right${arrow}`);
  write(byId("filter-path-words"), `Path of the filter${arrow}`);
}

/** Both ways on one scale, so that angles are true. @param {[number, number][]} points */
function placing(points) {
  const [across, upwards] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const [bottom, top] = [Math.min(...upwards), Math.max(...upwards)];
  const { width, height, margin } = PATH;
  const scale = Math.min(
    (width - 2 * margin) / (right - left || 1),
    (height - 2 * margin) / (top - bottom || 1),
  );
  return (/** @type {[number, number]} */ [x, y]) =>
    /** @type {[number, number]} */ ([
      width / 2 + (x - (left + right) / 2) * scale,
      height / 2 - (y - (bottom + top) / 2) * scale,
    ]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {[number, number][]} places
 * @param {string} style
 * @param {number} thick
 */
function trace(context, places, style, thick) {
  context.beginPath();
  places.forEach(([x, y], at) => (at ? context.lineTo(x, y) : context.moveTo(x, y)));
  Object.assign(context, { strokeStyle: style, lineWidth: thick, lineJoin: "round", lineCap: "round" });
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {[number, number]} place
 * @param {string} style
 * @param {number} radius
 */
function dot(context, [x, y], style, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = style;
  context.fill();
}

/**
 * Against the gradient, always as long; returns the share of it that lies in the plane.
 * @param {CanvasRenderingContext2D} context
 * @param {[number, number]} from
 * @param {[number, number]} inPlane
 * @param {number} length  of the whole gradient
 */
function drawArrow(context, [x, y], [right, up], length) {
  const seen = Math.hypot(right, up);
  if (!seen) return null;
  const [endX, endY] = [x - (ARROW * right) / seen, y + (ARROW * up) / seen];
  const angle = Math.atan2(endY - y, endX - x);
  const wing = (/** @type {number} */ turned) =>
    /** @type {[number, number]} */ ([
      endX - HEAD * Math.cos(angle + turned),
      endY - HEAD * Math.sin(angle + turned),
    ]);
  trace(
    context,
    [
      [x, y],
      [endX, endY],
    ],
    colour("accent"),
    2.5,
  );
  trace(context, [wing(0.5), [endX, endY], wing(-0.5)], colour("accent"), 2.5);
  return seen / length;
}
