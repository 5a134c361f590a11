// @ts-check
// What moves a filter: its last change, the next batch's pull, and the way it went, with the arrow on it.

import { colour } from "../../charts/theme.js";
import { byId, write } from "../../views/elements.js";
import { fixed, signed } from "../../words/numbers.js";
import { pathOf } from "./path.js";
import { enlargement, showKernel } from "./pictures.js";
import { alone, cosine, difference, lengthOf } from "./subject.js";

/**
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {import("./answers.js").Told} Told
 */

const PICTURE = 84;
const PATH = { width: 260, height: 96, margin: 22 };
const ARROW = 34;
const HEAD = 7;

/** @param {Subject} subject @param {Told} told @param {any} optimizer  of the recipe */
export function drawPull(subject, told, optimizer) {
  drawMoved(subject);
  const { value, current, error } = told.gradient;
  const fits = value?.gradient && value.layer === subject.frame.layer && value.gradient.shape.join() === subject.frame.kernel.shape.slice(0, 3).join();
  const gradient = fits ? value.gradient.values : null;
  drawGradient(subject, gradient, value?.learning_rate ?? 0);
  drawPath(subject, current ? gradient : null);
  write(byId("filter-pull-words"), error ? error.message : (value?.reason ?? (gradient ? sentence(subject, value, optimizer) : (optimizer ? "Working out the next step’s pull …" : "The pull is known once it trains."))));
}

/** @param {Subject} subject */
function drawMoved({ frame, frames, filter, index, limit }) {
  const before = frames[index - 1];
  const own = alone(frame.kernel, filter);
  const weights = before ? difference(own.weights, alone(before.kernel, filter).weights) : own.weights.map(() => 0);
  const factor = enlargement(weights, limit);
  showKernel(byId("filter-moved"), { shape: own.shape, weights: weights.map((value) => value * factor) }, limit, PICTURE);
  write(byId("filter-moved-words"), before ? `since step ${before.step}${factor > 1 ? `, ×${factor}` : ""}` : "no change yet");
}

/** @param {Subject} subject @param {Float32Array | null} gradient @param {number} rate */
function drawGradient({ frame, filter, limit }, gradient, rate) {
  const canvas = byId("filter-gradient");
  canvas.closest("figure").classList.toggle("empty", !gradient);
  if (!gradient) return write(byId("filter-gradient-words"), "");
  const step = gradient.map((value) => -rate * value);
  const factor = enlargement(step, limit);
  showKernel(canvas, { shape: alone(frame.kernel, filter).shape, weights: step.map((value) => value * factor) }, limit, PICTURE);
  write(byId("filter-gradient-words"), `−η · gradient, ×${factor}`);
}

/** @param {Subject} subject @param {any} told @param {any} optimizer */
function sentence({ frame, frames, filter, index }, told, optimizer) {
  const { batch_size: size, learning_rate: rate, note } = told;
  const gradient = told.gradient.values;
  const own = alone(frame.kernel, filter).weights;
  const part = (100 * rate * lengthOf(gradient)) / (lengthOf(own) || 1);
  const pulls = `Step ${told.step + 1} learns from ${size} pictures: η = ${short(rate)} times a gradient of length ${short(lengthOf(gradient))} moves it by ${short(part)} % of its own length${beside(optimizer)}.`;
  const next = frames[index + 1];
  const went = next ? difference(alone(next.kernel, filter).weights, own) : null;
  const agrees = went ? ` Up to step ${next.step} it went ${agreement(cosine(gradient, went))}.` : "";
  return `${pulls}${agrees}${note ? ` ${note}` : ""}`;
}

/** What this run does besides plain descent. @param {any} optimizer */
function beside(optimizer) {
  if (optimizer?.type !== "sgd") return optimizer ? `, before ${optimizer.type} rescales that` : "";
  return optimizer.momentum ? ", and the momentum of the steps before comes on top" : "";
}

/** @param {number} against  cosine with the gradient, which training goes against */
function agreement(against) {
  const along = -against;
  const words = along > 0.5 ? "that way" : along > 0.1 ? "that way in part" : along > -0.1 ? "another way: other batches pulled elsewhere" : "the other way: other batches pulled harder";
  return `${words} (cosine ${signed(along)})`;
}

/** @param {number} value */
const short = (value) => (value >= 0.095 ? fixed(value) : Number(value.toPrecision(2)).toString());

/** @param {Subject} subject @param {Float32Array | null} gradient */
function drawPath({ frames, filter, index }, gradient) {
  const canvas = /** @type {HTMLCanvasElement} */ (byId("filter-path"));
  const ratio = devicePixelRatio;
  canvas.width = PATH.width * ratio;
  canvas.height = PATH.height * ratio;
  canvas.style.width = `${PATH.width}px`;
  canvas.style.height = `${PATH.height}px`;
  const context = canvas.getContext("2d");
  if (!context || frames.length < 2 || index < 0) return write(byId("filter-path-words"), "no way gone yet");
  context.scale(ratio, ratio);
  const { points, toPlane } = pathOf(frames, filter);
  const place = placing(points);
  trace(context, points.map(place), colour("line"), 2);
  trace(context, points.slice(0, index + 1).map(place), colour("ink3"), 2);
  dot(context, place(points[0]), colour("ink3"), 3);
  dot(context, place(points[index]), colour("ink"), 4.5);
  const share = gradient ? drawArrow(context, place(points[index]), toPlane(gradient), lengthOf(gradient)) : null;
  const arrow = share === null ? "" : `; the arrow is the pull, of which ${Math.round(100 * share)} % lies in this plane`;
  canvas.setAttribute("aria-label", `Its way from frame 0, left, to the last, right${arrow}`);
  write(byId("filter-path-words"), `its way from the start${arrow}`);
}

/** Both ways on one scale, so that angles are true. @param {[number, number][]} points */
function placing(points) {
  const [across, upwards] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const [bottom, top] = [Math.min(...upwards), Math.max(...upwards)];
  const { width, height, margin } = PATH;
  const scale = Math.min((width - 2 * margin) / (right - left || 1), (height - 2 * margin) / (top - bottom || 1));
  return (/** @type {[number, number]} */ [x, y]) => /** @type {[number, number]} */ ([width / 2 + (x - (left + right) / 2) * scale, height / 2 - (y - (bottom + top) / 2) * scale]);
}

/** @param {CanvasRenderingContext2D} context @param {[number, number][]} places @param {string} style @param {number} thick */
function trace(context, places, style, thick) {
  context.beginPath();
  places.forEach(([x, y], at) => (at ? context.lineTo(x, y) : context.moveTo(x, y)));
  Object.assign(context, { strokeStyle: style, lineWidth: thick, lineJoin: "round", lineCap: "round" });
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {[number, number]} place @param {string} style @param {number} radius */
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
  const wing = (/** @type {number} */ turned) => /** @type {[number, number]} */ ([endX - HEAD * Math.cos(angle + turned), endY - HEAD * Math.sin(angle + turned)]);
  trace(context, [[x, y], [endX, endY]], colour("accent"), 2.5);
  trace(context, [wing(0.5), [endX, endY], wing(-0.5)], colour("accent"), 2.5);
  return seen / length;
}
