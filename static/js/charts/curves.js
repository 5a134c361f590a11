// @ts-check
// Right answers and error: new pictures in ink, training thin and gray, guessing dotted.

import { fixed, percent } from "../words/numbers.js";
import { along, stepAt } from "./axis.js";
import { MARGIN, colour, layoutOf, nameAt } from "./theme.js";

/**
 * @typedef {import("../types.js").Curve} Curve
 * @typedef {{width: number, height: number, total: number}} Room
 * @typedef {"accuracy" | "loss"} Quantity
 */

const NAME_HEIGHT = 16;
const NAME_WIDTH = 84;

/**
 * @param {Quantity} quantity
 * @param {Curve} training
 * @param {Curve} evaluations
 * @param {number} classes
 * @param {Room} room
 */
export function curveChart(quantity, training, evaluations, classes, room) {
  const scale = quantity === "accuracy" ? 100 : 1;
  const trained = { step: training.step, value: training[quantity] };
  const fresh = { step: evaluations.step, value: evaluations[quantity] };
  const guess = quantity === "accuracy" ? 100 / classes : null;
  const most = Math.max(2.4, ...trained.value, ...fresh.value) * 1.06;
  const top = quantity === "accuracy" ? 100 : most;
  const data = [
    line("training", trained, scale, { color: colour("ink3"), width: 1 }, quantity),
    line("new pictures", fresh, scale, { color: colour("ink"), width: 2 }, quantity),
  ];
  const rising = quantity === "accuracy";
  const annotations = rising ? curveNames(trained, fresh, room) : [];
  if (guess !== null)
    annotations.push(
      nameAt("guessing", 0.97 * along(room.total), guess, {
        color: colour("ink3"),
        xanchor: "right",
        yanchor: "bottom",
      }),
    );
  const ticks = rising ? [0, 50, 100] : roundTicks(most);
  const layout = layoutOf({ ...room, top, ticks, annotations });
  const shapes = guess === null ? [] : [dotted(guess)];
  return { data, layout: { ...layout, shapes } };
}

/** @param {Quantity} quantity @param {Curve} training @param {Curve} evaluations */
export function curveSummary(quantity, training, evaluations) {
  const name = quantity === "accuracy" ? "Right answers" : "Error";
  const say = quantity === "accuracy" ? percent : (/** @type {number} */ value) => fixed(value);
  const last = evaluations.step.at(-1);
  if (last === undefined) return `${name} over the steps; nothing is known yet.`;
  const values = evaluations[quantity];
  return (
    `${name} on new pictures: ${say(values[0])} at step ${evaluations.step[0]}, ` +
    `${say(values[values.length - 1])} at step ${last}.`
  );
}

/**
 * @param {string} name
 * @param {{step: number[], value: number[]}} curve
 * @param {number} scale
 * @param {object} style
 * @param {Quantity} quantity
 */
function line(name, curve, scale, style, quantity) {
  const say = quantity === "accuracy" ? percent : (/** @type {number} */ value) => fixed(value);
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: curve.step.map(along),
    y: curve.value.map((value) => value * scale),
    customdata: curve.step,
    text: curve.value.map((value) => `${say(value)} ${name}`),
    hoverinfo: "none",
    line: style,
  };
}

/**
 * Names both curves in the look they have, where the chart has room for it.
 * @param {{step: number[], value: number[]}} trained
 * @param {{step: number[], value: number[]}} fresh
 * @param {Room} room
 */
function curveNames(trained, fresh, room) {
  const end = along(Math.min(trained.step.at(-1) ?? 0, fresh.step.at(-1) ?? 0));
  if (end === 0 || end < 0.45 * along(room.total)) return [];
  const reached = (/** @type {number} */ from, /** @type {number} */ to) => [
    ...between(trained, from * end, to * end),
    ...between(fresh, from * end, to * end),
  ];
  const wide = (NAME_WIDTH / (room.width - MARGIN.l - MARGIN.r)) * (along(room.total) / end);
  const high = Math.max(...reached(0.95 - wide, 0.95));
  const low = Math.min(...reached(0.95 - wide, 0.95));
  const crest = Math.max(...reached(0.35, 0.66));
  const perPoint = (room.height - MARGIN.t - MARGIN.b) / 100;
  const below = high >= 0.5;
  const fits = (1 - crest) * 100 * perPoint > NAME_HEIGHT;
  const name = (
    /** @type {string} */ text,
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {number} */ yshift,
    /** @type {object} */ style,
  ) =>
    nameAt(text, x * end, y * 100, {
      ...style,
      yshift,
      xanchor: "right",
      yanchor: yshift > 0 ? "bottom" : "top",
    });
  const bold = { color: colour("ink"), weight: 600 };
  const thin = { color: colour("ink3") };
  if (!below)
    return [name("new pictures", 0.95, high, 2, bold), name("training", 0.95, high, 2 + NAME_HEIGHT, thin)];
  const training = fits
    ? name("training", 0.66, crest, 2, thin)
    : name("training", 0.95, low, -2 - NAME_HEIGHT, thin);
  return [name("new pictures", 0.95, low, -2, bold), training];
}

/**
 * The values a curve takes from `from` to `to`.
 * @param {{step: number[], value: number[]}} curve
 * @param {number} from
 * @param {number} to
 */
function between(curve, from, to) {
  const inside = curve.value.filter(
    (_, index) => along(curve.step[index]) >= from && along(curve.step[index]) <= to,
  );
  return [...inside, valueAt(curve, from), valueAt(curve, to)];
}

/** @param {{step: number[], value: number[]}} curve @param {number} x */
export function valueAt(curve, x) {
  const step = stepAt(x);
  let index = curve.step.findIndex((other) => other > step + 1e-6);
  if (index < 0) index = curve.step.length;
  return curve.value[Math.max(0, index - 1)] ?? NaN;
}

/** @param {number} y */
function dotted(y) {
  return {
    type: "line",
    xref: "paper",
    x0: 0,
    x1: 1,
    y0: y,
    y1: y,
    line: { color: colour("control"), width: 1, dash: "dot" },
  };
}

/** Two to four round numbers from 0 on. @param {number} most */
function roundTicks(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  const wide = [0.5, 1, 2, 5].map((part) => part * power).find((part) => most / part <= 3.5) ?? power;
  return Array.from({ length: Math.floor(most / wide) + 1 }, (_, index) => index * wide);
}
