// @ts-check
// What differs between the two in their answers to new pictures, or in their errors.

import { evaluatedAt, haveOtherSizes } from "../../state/pair.js";
import { objectiveOf } from "../../state/objective.js";
import { spoilOf } from "../../state/run.js";
import { orientedCount } from "../../state/selectors.js";
import { fixed, percent } from "../../words/numbers.js";

/**
 * @typedef {import("../../types.js").Frame} Frame
 * @typedef {import("../../state/pair.js").Pair} Pair
 * @typedef {import("./findings.js").Words} Words
 */

/** Another seed alone can move right answers by about this much. */
const CLEAR_ANSWERS = 0.015;
const GUESSING = 0.15;

/** @param {Pair} pair @param {Frame} a @param {Frame} b @returns {Words | null} */
export function answerWords(pair, a, b) {
  const step = Math.min(a.step, b.step);
  if (objectiveOf(pair.a) !== "classify") return errorWords(pair, step);
  const [inA, inB] = [pair.a, pair.b].map((state) => evaluatedAt(state, step, "accuracy"));
  if (inA === null || inB === null || step === 0) return null;
  const counts = [
    { b: sharp(inA) },
    " of new pictures are classified correctly by A, ",
    { b: sharp(inB) },
    " by B.",
  ];
  return [...counts, ` ${verdictOnAnswers(pair, a, b, inA, inB)}`];
}

/** @param {Pair} pair @param {Frame} a @param {Frame} b @param {number} inA @param {number} inB */
function verdictOnAnswers(pair, a, b, inA, inB) {
  const random = [pair.a, pair.b].findIndex(({ run }) => run && spoilOf(run) === "labels");
  if (random >= 0 && [inA, inB][random] < GUESSING) return "Guessing gives 10 %.";
  if (Math.abs(inA - inB) < CLEAR_ANSWERS)
    return isOneClean(a, b) ? "Clean filters are not better answers." : "That is no clear difference.";
  const [worse, few] = inA < inB ? [inA, a] : [inB, b];
  const blind = orientedCount(few) === 0 && worse > 0.5;
  return blind ? "Fewer, but most of them: a network can be right without a single edge." : "";
}

/** Whether far more filters are edges or lines in one. @param {Frame} a @param {Frame} b */
const isOneClean = (a, b) =>
  Math.abs(orientedCount(a) / a.kernel.shape[3] - orientedCount(b) / b.kernel.shape[3]) >= 0.25;

/** @param {Pair} pair @param {number} step @returns {Words | null} */
function errorWords(pair, step) {
  const [inA, inB] = [pair.a, pair.b].map((state) => evaluatedAt(state, step, "loss"));
  if (inA === null || inB === null) return null;
  if (haveOtherSizes(pair))
    return ["Their errors can’t be compared: they are summed over windows of different sizes."];
  return [
    "The error on new pictures is ",
    { b: fixed(inA) },
    " in A and ",
    { b: fixed(inB) },
    " in B. There are no right answers: nobody says what is in a picture.",
  ];
}

/** Tenths of a per cent, for differences are small. @param {number} share */
const sharp = (share) => (share > 0.9 ? `${fixed(share * 100, 1)} %` : percent(share));
