// @ts-check
// What is said of a question to the class, of its votes and of what the run told.

import { grouped } from "./numbers.js";
import { stepNamed } from "./steps.js";

/**
 * @typedef {import("../net/answers.js").PollTold} Poll
 * @typedef {Poll["topic"]} PollTopic
 */

/** What can be asked, as the teacher's list has it. @type {[PollTopic, string][]} */
export const TOPICS = [
  ["oriented_count", "How many become edges or lines?"],
  ["highest_score", "Which gets the highest edge score?"],
  ["most_changed", "Which changes most?"],
  ["least_changed", "Which changes least?"],
  ["oriented_share", "What will its filters see?"],
  ["accuracy", "How many new pictures will it name right?"],
];

/** @type {Record<PollTopic, string>} */
const DOUBTS = {
  oriented_count:
    "Another seed may give another number. Edges in the first layer don’t mean that a network understands.",
  oriented_share:
    "Another seed may give another share. Edges in the first layer don’t mean that a network understands.",
  highest_score: "The score says how much of an edge a filter is, not what it is good for.",
  most_changed: "How far a filter has moved does not say what it is good for.",
  least_changed: "A filter that has hardly moved may be of use all the same.",
  accuracy: "On pictures of another kind it may be right less often.",
};

/** @param {PollTopic} topic */
export const doubtOf = (topic) => DOUBTS[topic];

/** How to answer, under the question. @param {Poll} poll */
export function howToAnswer({ kind, most, state }) {
  if (state === "closed") return "No more answers are taken.";
  if (kind === "count") return `Say a number from 0 to ${most}.`;
  return kind === "filter" ? `Say a filter, 1 to ${most + 1}.` : "Choose one.";
}

/** The answers there are, as they stand under the bars. @param {Poll} poll */
export function optionsOf({ kind, most, choices }) {
  if (kind === "choice") return choices;
  const first = kind === "filter" ? 1 : 0;
  return Array.from({ length: most + 1 }, (_, vote) => String(vote + first));
}

/** What one counts along the axis. @param {Poll} poll */
export const axisOf = ({ kind, most }) =>
  kind === "count" ? `filters, of ${most}` : kind === "filter" ? "number of the filter" : "";

/** Beside how many follow. @param {Poll} poll @param {number} follow */
export function stillAnswering({ state, answered }, follow) {
  if (state === "closed") return "No more answers are taken.";
  const left = Math.max(0, follow - answered);
  if (left === 0) return answered ? "All have answered." : "Nobody follows yet.";
  return left === 1 ? "1 is still answering" : `${grouped(left)} are still answering`;
}

/** After how many they are. @param {number} answered */
export const haveAnswered = (answered) => (answered === 1 ? " has answered" : " have answered");

/**
 * Of which step the truth is.
 * @param {import("../net/answers.js").PollResult} result
 * @param {import("../types.js").Run | null} run
 */
export const toldAt = ({ step, is_final }, run) =>
  `${is_final ? "" : "It still trains. "}As the run tells at ${stepNamed(run, step)}.`;

/**
 * The most that half of all votes reach; null where that says nothing.
 * @param {Poll} poll
 * @param {number[]} tally
 */
export function middleOf({ kind }, tally) {
  const votes = tally.reduce((sum, count) => sum + count, 0);
  if (kind !== "count" || votes < 2) return null;
  let reached = 0;
  for (let vote = tally.length - 1; vote > 0; vote--) {
    reached += tally[vote];
    if (2 * reached >= votes) return vote;
  }
  return null;
}

/** @param {Poll} poll @param {number[]} tally @param {string} who  "them", "you" */
export function middleWords(poll, tally, who) {
  const middle = middleOf(poll, tally);
  const said = who === "you" ? "said" : "say";
  return middle === null ? "" : `Half of ${who} ${said} ${middle} or more.`;
}

/**
 * How many were right: the figure that is bold, and what follows it.
 * @param {Poll} poll  that was revealed
 */
export function rightWords(poll) {
  const { tally, truth } = /** @type {import("../net/answers.js").PollResult} */ (poll.result);
  const votes = tally.reduce((sum, count) => sum + count, 0);
  if (!votes) return { bold: "", rest: "Nobody has answered." };
  const right = truth.reduce((sum, vote) => sum + tally[vote], 0);
  const options = optionsOf(poll);
  const said =
    poll.kind === "choice" ? "were right" : `said ${truth.map((vote) => options[vote]).join(" or ")}`;
  return {
    bold: `${grouped(right)} of ${grouped(votes)}`,
    rest: ` ${said}${nearly(poll, tally, truth)}. ${middleWords(poll, tally, "you")}`.trimEnd(),
  };
}

/** @param {Poll} poll @param {number[]} tally @param {number[]} truth */
function nearly({ kind }, tally, truth) {
  if (kind !== "count") return "";
  const near = (tally[truth[0] - 1] ?? 0) + (tally[truth[0] + 1] ?? 0);
  return near ? `; ${grouped(near)} more missed by one` : "";
}

/** Beneath the bar that is right. @param {Poll} poll */
export function truthWords(poll) {
  const options = optionsOf(poll);
  return `it was ${(poll.result?.truth ?? []).map((vote) => options[vote]).join(" or ")}`;
}
