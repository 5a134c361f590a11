// @ts-check
// What moves a filter: its last change, one step's pull, and the way it went, with the arrow on it.
//
// The pull is that of the step that led here, where the snapshot before it is kept; elsewhere it is
// that of the step which leaves from here. The words say which.

import { filterOf } from "../../kernels/slices.js";
import { cosine, difference, norm } from "../../kernels/vectors.js";
import { isLive } from "../../state/selectors.js";
import { byId, write } from "../../views/elements.js";
import { fixed, signed } from "../../words/numbers.js";
import { enlargement, showKernel } from "./pictures.js";
import { pulledAt } from "./subject.js";
import { drawWay } from "./way.js";

/**
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {import("./answers.js").Told} Told
 * @typedef {Omit<import("./answers.js").GradientAnswer, "gradient"> & {gradient: Float32Array}} Pulled
 */

const PICTURE = 84;

/** @param {Subject} subject @param {Told} told @param {import("../../types.js").State} state */
export function drawPull(subject, told, state) {
  drawMoved(subject);
  const { value, current, error } = told.gradient;
  const shape = subject.frame.kernel.shape.slice(0, 3).join();
  const fits = value?.layer === subject.frame.layer && value.gradient?.shape.join() === shape;
  const pulled = value?.gradient && fits ? { ...value, gradient: value.gradient.values } : null;
  drawGradient(subject, pulled);
  drawWay(subject, current && pulled ? { gradient: pulled.gradient, at: pulled.step } : null);
  const waits = state.run ? "Computing the gradient…" : "The gradient is known once training has begun.";
  write(
    byId("filter-pull-words"),
    error ? error.message : (value?.reason ?? (pulled ? sentence(subject, pulled, state) : waits)),
  );
}

/** @param {Subject} subject */
function drawMoved({ frame, frames, filter, index, limit }) {
  const before = frames[index - 1];
  const own = filterOf(frame.kernel, filter);
  const weights = before
    ? difference(own.weights, filterOf(before.kernel, filter).weights)
    : own.weights.map(() => 0);
  const factor = enlargement(weights, limit);
  showKernel(
    byId("filter-moved"),
    { shape: own.shape, weights: weights.map((value) => value * factor) },
    limit,
    PICTURE,
  );
  write(
    byId("filter-moved-words"),
    before ? `since step ${before.step}${factor > 1 ? `, ×${factor}` : ""}` : "no change yet",
  );
}

/** @param {Subject} subject @param {Pulled | null} told */
function drawGradient({ frame, filter, limit }, told) {
  const canvas = byId("filter-gradient");
  canvas.closest("figure").classList.toggle("empty", !told);
  if (!told) return write(byId("filter-gradient-words"), "");
  const step = told.gradient.map((value) => -told.learning_rate * value);
  const factor = enlargement(step, limit);
  showKernel(
    canvas,
    { shape: filterOf(frame.kernel, filter).shape, weights: step.map((value) => value * factor) },
    limit,
    PICTURE,
  );
  write(byId("filter-gradient-words"), `−η · gradient of step ${told.step + 1}, ×${factor}`);
}

/** @param {Subject} subject @param {Pulled} told @param {import("../../types.js").State} state */
function sentence(subject, told, state) {
  const { frame, frames, filter, index } = subject;
  const { batch_size: size, learning_rate: rate, note, gradient } = told;
  const led = pulledAt(subject) < frame.step;
  const weightsAt = (/** @type {number} */ place) =>
    frames[place] ? filterOf(frames[place].kernel, filter).weights : null;
  const [from, to] = led
    ? [weightsAt(index - 1), weightsAt(index)]
    : [weightsAt(index), weightsAt(index + 1)];
  const part = (100 * rate * norm(gradient)) / (norm(from ?? []) || 1);
  const verb = led
    ? "led here: it learnt"
    : to || isLive(state)
      ? "learns"
      : "would come next: it would learn";
  const pull =
    `Step ${told.step + 1} ${verb} from ${size} pictures. η = ${short(rate)} times a gradient of length ` +
    `${short(norm(gradient))} moves the filter by ${short(part)} % of its ` +
    `length${beside(state.run?.recipe?.optimizer)}.`;
  const went = from && to ? agreement(cosine(gradient, difference(to, from))) : "";
  const whole = led
    ? ` All in all it went ${went}.`
    : ` Up to step ${frames[index + 1]?.step} it went ${went}.`;
  return `${pull}${went ? whole : ""}${note ? ` ${note}` : ""}`;
}

/**
 * What this run does besides plain descent.
 * @param {import("../../types.js").Recipe["optimizer"] | undefined} optimizer
 */
function beside(optimizer) {
  if (optimizer?.type !== "sgd") return optimizer ? `, before ${optimizer.type} rescales that` : "";
  return optimizer.momentum ? ", and the momentum of the steps before comes on top" : "";
}

/** @param {number} against  cosine with the gradient, which training goes against */
function agreement(against) {
  const along = -against;
  const words =
    along > 0.5
      ? "that way"
      : along > 0.1
        ? "that way in part"
        : along > -0.1
          ? "another way: other batches pulled elsewhere"
          : "the other way: other batches pulled harder";
  return `${words} (cosine ${signed(along)})`;
}

/** @param {number} value */
const short = (value) => (value >= 0.095 ? fixed(value) : Number(value.toPrecision(2)).toString());
