// @ts-check
// The votes of a class as bars, in type for the last row: upright for numbers, lying for words.

import { shape } from "../charts/svg.js";
import { axisOf, optionsOf, truthWords } from "../words/polls.js";

/**
 * @typedef {import("../net/lecture.js").Poll} Poll
 * @typedef {{width: number, height: number}} Size
 */

const LETTER = 17;
const [CEILING, FLOOR] = [28, 62];
/** A label needs so many pixels, or every second, fifth, … is written. */
const LABEL_ROOM = 30;
const STRIDES = [1, 2, 5, 10, 20, 50, 100];
const GAP = 0.14;

/** @param {SVGElement} svg @param {Poll} poll @param {number[]} tally */
export function drawTally(svg, poll, tally) {
  const size = { width: svg.clientWidth, height: svg.clientHeight };
  if (size.width < 100 || size.height < 100) return;
  svg.replaceChildren(...(poll.kind === "choice" ? lying(poll, tally, size) : upright(poll, tally, size)));
}

/** @param {Poll} poll @param {number[]} tally @param {Size} size */
function upright(poll, tally, { width, height }) {
  const options = optionsOf(poll);
  const truth = new Set(poll.result?.truth ?? []);
  const [slot, base] = [width / options.length, height - FLOOR];
  const unit = (base - CEILING) / Math.max(1, ...tally);
  const stride = STRIDES.find((every) => slot * every >= LABEL_ROOM) ?? options.length;
  const marks = options.flatMap((option, vote) => {
    const isRight = truth.has(vote);
    const [left, middle, tall] = [(vote + GAP / 2) * slot, (vote + 0.5) * slot, tally[vote] * unit];
    const place = { x: left, y: base - tall, width: slot * (1 - GAP), height: tall };
    const isClear = !poll.result?.truth.some((right) => Math.abs(right - vote) < stride);
    const isWritten = isRight || (vote % stride === 0 && isClear);
    return [
      shape("rect", { ...place, class: barClass(poll, isRight) }),
      ...(isWritten && tally[vote] ? [text(middle, base - tall - 8, String(tally[vote]), isRight)] : []),
      ...(isWritten ? [text(middle, base + 24, option, isRight)] : []),
    ];
  });
  return [
    ...marks,
    shape("path", { class: "floor", d: `M0 ${base}H${width}` }),
    ...underAxis(poll, slot, width, base),
  ];
}

/**
 * What the numbers count, and which of them was right: beside each other, or the right one alone.
 * @param {Poll} poll
 * @param {number} slot
 * @param {number} width
 * @param {number} base
 */
function underAxis(poll, slot, width, base) {
  const axis = axisOf(poll);
  const long = axis.length * (LETTER / 2);
  const right = told(poll, slot, width, base);
  if (!right) return [text(0, base + 50, axis, false, "start")];
  if (right.left > long) return [text(0, base + 50, axis, false, "start"), right.label];
  if (right.end < width - long) return [text(width, base + 50, axis, false, "end"), right.label];
  return [right.label];
}

/** @param {Poll} poll @param {number} slot @param {number} width @param {number} base */
function told(poll, slot, width, base) {
  if (!poll.result?.truth.length) return null;
  const words = truthWords(poll);
  const half = (words.length * LETTER) / 4;
  const place = (poll.result.truth[0] + 0.5) * slot;
  const middle = Math.min(Math.max(place, half), width - half);
  const label = text(middle, base + 50, words, true);
  label.classList.add("truth");
  return { label, left: middle - half, end: middle + half };
}

/** @param {Poll} poll @param {number[]} tally @param {Size} size */
function lying(poll, tally, { width, height }) {
  const options = optionsOf(poll);
  const truth = new Set(poll.result?.truth ?? []);
  const row = Math.min(110, height / options.length);
  const unit = (width - 60) / Math.max(1, ...tally);
  return options.flatMap((option, vote) => {
    const isRight = truth.has(vote);
    const [top, long] = [vote * row, tally[vote] * unit];
    const words = isRight ? `${option} (it was so)` : option;
    const bar = {
      x: 0,
      y: top + 32,
      width: Math.max(2, long),
      height: row - 52,
      class: barClass(poll, isRight),
    };
    return [
      text(0, top + 22, words, isRight, "start"),
      shape("rect", bar),
      text(long + 10, top + 32 + (row - 52) / 2 + 6, String(tally[vote]), isRight, "start"),
    ];
  });
}

/** @param {Poll} poll @param {boolean} isRight */
const barClass = ({ state }, isRight) =>
  isRight ? "votes right" : state === "revealed" ? "votes other" : "votes";

/**
 * @param {number} x
 * @param {number} y
 * @param {string} said
 * @param {boolean} isBold
 * @param {string} [anchor]
 */
const text = (x, y, said, isBold, anchor = "middle") =>
  shape(
    "text",
    { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor, class: isBold ? "bold" : "" },
    said,
  );
