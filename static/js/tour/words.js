// @ts-check
// What the cards up to learning say, to somebody who knows vectors and matrices and nothing of networks.

import { canRerun } from "../state/known.js";
import { convolutionsOf } from "../state/layers.js";
import { objectiveOf } from "../state/objective.js";
import { currentFrame, firstFrame, isLive } from "../state/selectors.js";
import { fixed, grouped, inWords, placesFor } from "../words/numbers.js";
import { isDrawn, startName } from "../words/starts.js";
import { stepNamed } from "../words/steps.js";
import { courseOf, errorsOf, exampleOf, furthest, sizeOf } from "./figures.js";

/** @typedef {import("../types.js").State} State */

/** @param {State} state @returns {string[]} */
export function isFilter(state) {
  const frame = currentFrame(state);
  if (!frame) return ["One moment: the first filters are being drawn."];
  const { height, width, channels, filters, numbers } = sizeOf(frame);
  const deep =
    channels === 3
      ? `, once each for red, green and blue: ${numbers} numbers in all.`
      : `: ${numbers} numbers.`;
  const paint =
    channels === 3
      ? "Mid-gray is 0; a colour is brighter where its number is above 0, darker where it is below."
      : "White is 0, orange is above 0, blue is below.";
  return [
    `A grid of numbers, painted. The marked one, filter ${exampleOf(state) + 1}, has ${height} rows ` +
      `and ${width} columns${deep} ${paint}`,
    `Write the ${numbers} numbers one below the other: a vector. Do the same with a piece of a picture ` +
      "of that size. The filter’s answer to it is the inner product of the two. The network begins with " +
      `${inWords(filters)} such filters.`,
  ];
}

/** @param {State} state @returns {string[]} */
export function chosen(state) {
  const frame = firstFrame(state);
  if (!frame) return ["One moment: the first filters are being drawn."];
  const { filters } = sizeOf(frame);
  const most = furthest(frame);
  const { first } = courseOf(state);
  const found = first === 0 ? "lets none of them pass" : `lets ${inWords(first)} of them pass`;
  const start = state.run?.recipe && convolutionsOf(state.run.recipe)[0]?.kernel_initializer;
  if (start && !isDrawn(start))
    return [
      `Somebody did. This run’s filters began as ${startName(start)}; none of their numbers lies further ` +
        `from 0 than ${fixed(most, placesFor(most))}. Usually chance draws them by a rule.`,
      `A test that compares each with ideal edges and lines ${found}.`,
    ];
  if (!canRerun(state))
    return [
      `Nobody here knows. These are the ${inWords(filters)} filters as they were first recorded; none of ` +
        `their numbers lies further from 0 than ${fixed(most, placesFor(most))}. Usually chance chose ` +
        "them, unless somebody began with a network that had learnt before.",
      `A test that compares each with ideal edges and lines ${found}.`,
    ];
  return [
    `Chance did. These are the ${inWords(filters)} filters at step 0, before any training. Each number ` +
      `was drawn at random, none further from 0 than ${fixed(most, placesFor(most))}.`,
    `A test that compares each with ideal edges and lines ${found}. Whatever they become, ` +
      "nobody draws it: it comes from this noise and from training.",
  ];
}

/** @param {State} state @returns {string[]} */
export function applied(state) {
  const frame = currentFrame(state);
  if (!frame) return [];
  const { height, width, channels, numbers } = sizeOf(frame);
  const layer = state.run?.recipe ? convolutionsOf(state.run.recipe)[0] : undefined;
  const stride = layer?.strides ?? 1;
  const pixels = stride === 1 ? "one pixel" : `${inWords(stride)} pixels`;
  const cut = layer?.activation === "relu" ? "; if it is negative, it becomes 0 (ReLU)" : "";
  const colours = channels === 3 ? " in three colours (the tables show one)" : "";
  return [
    `The filter is laid on a patch of the picture, ${height} × ${width} pixels${colours}. Each of its ` +
      `${numbers} numbers is multiplied by the number of the pixel under it. The products are added up, ` +
      `and so is a constant, the bias. That sum is the answer here${cut}.`,
    `Then the filter moves on by ${pixels} and does the same, over the whole picture. The answers, ` +
      "side by side, make a new picture: the feature map.",
  ];
}

/** @param {State} state @returns {string[]} */
export function learns(state) {
  const errors = errorsOf(state);
  const batch = state.run?.recipe?.batch_size ?? 0;
  const task = !batch
    ? "The network is shown some pictures at a time. The error is a single number that says how far its " +
      "answers are from what they should be"
    : objectiveOf(state) === "classify"
      ? `The network is shown ${inWords(batch)} pictures at a time and guesses what each shows. The error ` +
        "is one number that says how wrong the guesses were"
      : `The network is shown ${grouped(batch)} small patches at a time and rebuilds each from few ` +
        "filters. The error is one number that says how much is missing";
  const fell = errors
    ? `: ${fixed(errors.first)} with the first pictures, ${fixed(errors.last)} with the latest.`
    : ".";
  const step = currentFrame(state)?.step ?? 0;
  const often =
    step === 0
      ? "so far there has been none"
      : `so far there ${step === 1 ? "has been one" : `have been ${grouped(step)}`}`;
  return [
    `${task}${fell}`,
    "It is a function of all the numbers in the network, so it has a gradient: the direction in which it " +
      "grows fastest. Training moves every number a little the opposite way. That is a step; " +
      `${often}. Marked here: how this filter moved lately, where the next pictures pull it, and the way ` +
      "it has come.",
  ];
}

const TO_GO_BACK =
  "Drag the round handle to go back in time, or press Replay. All you see are real snapshots of the numbers.";

/** @param {State} state @returns {string[]} */
export function becomes(state) {
  const frame = currentFrame(state);
  if (!frame) return [];
  const { filters } = sizeOf(frame);
  if (!frame.verdicts)
    return [
      "Filters of this size can’t be compared with ideal edges here, so look for yourself.",
      TO_GO_BACK,
    ];
  const { first, half, now, step } = courseOf(state);
  const share = (/** @type {number} */ count) =>
    `${count === 0 ? "none" : count} of ${count === 0 ? "the " : ""}${filters}`;
  const middle = half === null ? "" : ` From ${stepNamed(state.run, half)} on, at least half of them did.`;
  const rest = isLive(state) ? " Training goes on while you read." : "";
  return [
    `At step 0, ${share(first)} filters passed the test as an edge or a line.${middle} At step ` +
      `${grouped(step)}, ${share(now)} ${now === 1 ? "passes" : "pass"}.${rest}`,
    TO_GO_BACK,
  ];
}
