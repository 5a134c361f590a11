// @ts-check
// What came of a question to the class: one's own answer beside what was right.

import { make } from "../views/elements.js";
import { answerOf } from "./poll_words.js";

/** @typedef {import("./poll_words.js").Poll} Poll */

/** @param {Poll} poll @param {number | null} vote */
export function outcomeOf(poll, vote) {
  const { truth = [], sentence = "", is_final: isFinal = true } = poll.result ?? {};
  const right = truth.map((one) => answerOf(poll, one)).join(" or ");
  const figure = (/** @type {string} */ words, /** @type {string} */ value, /** @type {string} */ kind) =>
    make(
      "div",
      { class: `figure-of ${kind}` },
      make("strong", {}, value),
      make("span", { class: "quiet" }, words),
    );
  const own = vote === null ? [] : [figure("your answer", answerOf(poll, vote), "own")];
  return [
    make("div", { class: "figures-of" }, ...own, figure(isFinal ? "it was" : "so far", right, "truth")),
    make("p", {}, sentence),
  ];
}
