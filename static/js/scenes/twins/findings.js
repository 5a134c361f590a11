// @ts-check
// What differs between the two at the step looked at, computed from both and said in words.

import { ALIKE, haveOtherSizes, isPairLive, isSame, partingOf, sizeRatio } from "../../state/pair.js";
import { spoilOf } from "../../state/run.js";
import { orientedCount } from "../../state/selectors.js";
import { beginsAtStart } from "../../state/watched.js";
import { fixed } from "../../words/numbers.js";
import { stepNamed } from "../../words/steps.js";
import { answerWords } from "./answer_words.js";

/**
 * @typedef {import("../../types.js").Frame} Frame
 * @typedef {import("../../state/pair.js").Pair} Pair
 * @typedef {(string | {b: string})[]} Words  those in `b` stand out
 */

/** @type {Record<string, string>} */
const WITH_ARTICLES = { edge: "an edge", line: "a line", blob: "a blob" };
const CLEAR_SIZE = 1.1;

/**
 * The findings, the most telling first.
 * @param {Pair} pair
 * @param {Frame} a
 * @param {Frame} b
 * @param {number | null} filter  chosen
 * @returns {Words[]}
 */
export function findings(pair, a, b, filter) {
  const named = (/** @type {number} */ step) => stepNamed(pair.a.run, step);
  const apart =
    a.step === b.step
      ? null
      : [`A is shown at ${named(a.step)}, B at ${named(b.step)}: farther it has not come.`];
  const broken = [pair.a, pair.b].map(({ run }, index) =>
    run?.status === "failed"
      ? [`${"AB"[index]} broke at ${stepNamed(run, run.step)}: ${run.error?.message ?? "its process ended."}`]
      : null,
  );
  const found = [
    orientedWords(pair, a, b),
    partingWords(pair),
    sizeWords(a, b),
    answerWords(pair, a, b),
    filterWords(a, b, filter),
  ];
  return [...broken, apart, ...found].filter((words) => words !== null);
}

/** @param {Pair} pair @param {Frame} a @param {Frame} b @returns {Words} */
function orientedWords(pair, a, b) {
  const [inA, inB] = [orientedCount(a), orientedCount(b)];
  const areStarts = [pair.a, pair.b].every(({ run }) => beginsAtStart(run));
  if (areStarts && a.step === 0 && b.step === 0)
    return ["Nothing has been learnt yet: both are random numbers."];
  const share = (/** @type {Frame} */ frame) => orientedCount(frame) / frame.kernel.shape[3];
  const counts = [
    { b: `${inA} of ${a.kernel.shape[3]}` },
    " filters of A see edges or lines, ",
    { b: `${inB} of ${b.kernel.shape[3]}` },
    " of B.",
  ];
  const apart = Math.abs(share(a) - share(b)) * Math.min(a.kernel.shape[3], b.kernel.shape[3]);
  const verdict =
    inA === inB ? " No difference." : apart < 2 ? " One filter more or less means nothing." : "";
  return [...counts, verdict + spoiltWords(pair, inA, inB) + smallWords(a, b)];
}

/** @param {Pair} pair @param {number} inA @param {number} inB */
function spoiltWords({ a, b }, inA, inB) {
  const spoilt = [a, b].map(({ run }) =>
    run && spoilOf(run) === "pixels"
      ? "With its pixels shuffled a picture has no edges left to find"
      : run && spoilOf(run) === "labels"
        ? "With random labels nothing helps, not even edges"
        : "",
  );
  return spoilt
    .map((words, index) =>
      !words
        ? ""
        : [inA, inB][index]
          ? " Filters that pass the test on spoilt data pass by chance."
          : ` ${words}.`,
    )
    .join("");
}

/** @param {Frame} a @param {Frame} b */
const smallWords = (a, b) =>
  Math.min(a.kernel.shape[0], b.kernel.shape[0]) <= 3
    ? " A filter of 3 × 3 numbers can hardly be judged alone."
    : "";

/** @param {Pair} pair @returns {Words | null} */
function partingWords(pair) {
  const parting = partingOf(pair.a);
  if (!parting) return null;
  if (haveOtherSizes(pair)) return sharesPart(pair, parting);
  if (parting.kind === "parted" && parting.step > 0)
    return [
      "They part after ",
      { b: stepNamed(pair.a.run, parting.step) },
      isSame(pair.a.frames[0], pair.b.frames[0])
        ? ". Until then the two look alike."
        : ". Until then their patterns are alike, larger in one.",
    ];
  if (parting.kind === "parted")
    return ["They part at ", { b: "once" }, ": after one snapshot they no longer look alike."];
  if (parting.kind === "alike")
    return [
      isPairLive(pair)
        ? `Up to ${stepNamed(pair.a.run, parting.step)} the two look alike.`
        : "They never part: the two look alike to the end.",
    ];
  return ["They never looked alike: even their starts differ."];
}

/**
 * Numbers of different counts can’t be compared one by one.
 * @param {Pair} pair
 * @param {import("../../state/pair.js").Parting} parting
 * @returns {Words}
 */
function sharesPart(pair, parting) {
  const sizes = "Filters of different sizes can’t be laid over one another";
  if (parting.kind === "parted")
    return [
      `${sizes}; their shares of edges or lines part after `,
      { b: stepNamed(pair.a.run, parting.step) },
      ".",
    ];
  const together = isPairLive(pair) ? "have not parted yet" : "never part";
  const found = parting.kind === "unlike" ? "differ from the start" : together;
  return [`${sizes}; their shares of edges or lines ${found}.`];
}

/** The rule behind “they part”. */
export const RULE =
  `Alike: the weights of a filter and its twin agree (cosine at least ${fixed(ALIKE)} on average), and ` +
  "about equally many are edges or lines (within an eighth).";

/** @param {Frame} a @param {Frame} b @returns {Words | null} */
function sizeWords(a, b) {
  const ratio = sizeRatio(a, b);
  if (!Number.isFinite(ratio) || ratio <= 0) return null;
  const times = ratio > 1 ? ratio : 1 / ratio;
  if (times < CLEAR_SIZE) return ["The weights of both are about equally large."];
  return [
    `${ratio > 1 ? "B" : "A"}’s weights are `,
    { b: `${fixed(times, times < 10 ? 1 : 0)} times` },
    " as large.",
  ];
}

/** @param {Frame} a @param {Frame} b @param {number | null} filter @returns {Words | null} */
function filterWords(a, b, filter) {
  if (filter === null || filter >= Math.min(a.kernel.shape[3], b.kernel.shape[3])) return null;
  const [inA, inB] = [a, b].map(
    ({ verdicts }) => WITH_ARTICLES[verdicts?.label[filter] ?? ""] ?? verdicts?.label[filter],
  );
  const scores = [a, b].map(({ verdicts }) => fixed(verdicts?.score[filter] ?? 0));
  return [
    { b: `Filter ${filter + 1}` },
    ` is ${inA} in A (edge score ${scores[0]}) and ${inB} in B (${scores[1]}).`,
  ];
}
