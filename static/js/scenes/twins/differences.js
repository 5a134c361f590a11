// @ts-check
// The one thing that may differ between two runs: what it is in a recipe, and what to try instead.

import { isDrawn, startName } from "../../words/starts.js";
import { firstConv, isCode, otherFamily, sizeOf, withConv } from "./first_conv.js";

/**
 * @typedef {import("../../types.js").Recipe} Recipe
 * @typedef {object} Change
 * @property {string} key
 * @property {(recipe: Recipe) => string} button  "What if I change the …"
 * @property {string} title  "one difference: …"
 * @property {(recipe: Recipe) => unknown} value
 * @property {(recipe: Recipe) => string} name  what one run is called
 * @property {(recipe: Recipe) => object | null} propose  what differs in the twin; null where it can't be
 * @property {(a: Recipe, b: Recipe) => string} sentence
 */

/** What one is called that does without some filters. */
export const HELD = "filters held at 0";
const DECAY = 0.02;
const [SMALL, LARGE] = [3, 7];
/** Keras's defaults, where there is a rate that suits most networks. */
const ADAM = { type: "adam", learning_rate: 0.001 };
const SGD = { type: "sgd", learning_rate: 0.01, momentum: 0.9 };
/** @type {Record<string, string>} */
const OPTIMIZERS = { sgd: "SGD", rmsprop: "RMSprop", adam: "Adam", adamw: "AdamW", adadelta: "Adadelta" };

const USUAL_START = "glorot_uniform";
/** @param {Recipe} recipe */
const startOf = (recipe) => startName(firstConv(recipe).kernel_initializer);

/** @type {Change[]} */
export const CHANGES = [
  {
    key: "start",
    button: () => "start weights",
    title: "start weights",
    value: (recipe) => text(firstConv(recipe).kernel_initializer),
    name: (recipe) => `Start: ${startOf(recipe)}`,
    propose: (recipe) => {
      const start = firstConv(recipe).kernel_initializer;
      return withConv(recipe, { kernel_initializer: isDrawn(start) ? otherFamily(start) : USUAL_START });
    },
    sentence: (a, b) =>
      isCode(a)
        ? "Every filter is scaled to length 1 before it is used, so both begin with the same ones; the " +
          "larger the numbers behind them, the less a step turns them."
        : [a, b].every((recipe) => isDrawn(firstConv(recipe).kernel_initializer))
          ? `The same dice, thrown by two rules, ${startOf(a)} and ${startOf(b)}: how large the first ` +
            "filters begin."
          : `One begins with ${startOf(a)}, the other with ${startOf(b)}.`,
  },
  {
    key: "decay",
    button: () => "weight decay",
    title: "weight decay",
    value: (recipe) => firstConv(recipe).weight_decay ?? 0,
    name: (recipe) =>
      firstConv(recipe).weight_decay ? `Weight decay ${firstConv(recipe).weight_decay}` : "No weight decay",
    propose: (recipe) =>
      isCode(recipe) ? null : withConv(recipe, { weight_decay: firstConv(recipe).weight_decay ? 0 : DECAY }),
    sentence: () => "Weight decay pulls every weight of these filters a little towards 0 at each step.",
  },
  {
    key: "size",
    button: () => "filter size",
    title: "filter size",
    value: (recipe) => firstConv(recipe).kernel_size,
    name: (recipe) => `${sizeOf(recipe)} filters`,
    propose: (recipe) =>
      withConv(recipe, { kernel_size: firstConv(recipe).kernel_size > SMALL ? SMALL : LARGE }),
    sentence: (a, b) =>
      `A filter of A looks at ${sizeOf(a)} pixels at once, one of B at ${sizeOf(b)}. They hold ` +
      "different counts of numbers, so they can’t begin alike.",
  },
  {
    key: "optimizer",
    button: () => "optimiser",
    title: "optimiser",
    value: ({ optimizer }) => optimizer,
    name: ({ optimizer }) => `${OPTIMIZERS[optimizer.type]}, rate ${optimizer.learning_rate}`,
    propose: ({ optimizer }) => ({ optimizer: optimizer.type.startsWith("adam") ? SGD : ADAM }),
    sentence: () =>
      "The optimiser makes steps out of corrections: SGD’s are as large as the correction, Adam’s " +
      "about equally large for every weight.",
  },
  {
    key: "pixels",
    button: ({ pixels }) => `pixels (${pixels === "shuffled" ? "in order" : "shuffled"})`,
    title: "shuffled pixels",
    value: ({ pixels }) => pixels ?? "natural",
    name: ({ pixels }) => (pixels === "shuffled" ? "Shuffled pixels" : "Pixels in order"),
    propose: ({ pixels }) => ({ pixels: pixels === "shuffled" ? "natural" : "shuffled" }),
    sentence: () =>
      "One fixed shuffle of all positions, the same for every picture: all pixels are still there, but " +
      "neighbours no longer belong together.",
  },
  {
    key: "labels",
    button: ({ labels }) => `labels (${labels === "random" ? "true" : "random"})`,
    title: "random labels",
    value: ({ labels }) => labels ?? "true",
    name: ({ labels }) => (labels === "random" ? "Random labels" : "True labels"),
    propose: (recipe) => (isCode(recipe) ? null : { labels: recipe.labels === "random" ? "true" : "random" }),
    sentence: () =>
      "With random labels the answer to each picture is drawn at random, so there is nothing true to learn.",
  },
];

/**
 * What differs between two recipes: changes known here, and names of all else.
 * @param {Recipe} a
 * @param {Recipe} b
 * @returns {{changes: Change[], others: string[]}}
 */
export function differencesOf(a, b) {
  const changes = CHANGES.filter(({ value }) => text(value(a)) !== text(value(b)));
  const [rest, other] = [restOf(a), restOf(b)];
  const names = new Set([...Object.keys(rest), ...Object.keys(other)]);
  return {
    changes,
    others: [...names]
      .filter((name) => text(rest[name]) !== text(other[name]))
      .map((name) => (name === "without" ? HELD : name.replaceAll("_", " "))),
  };
}

/** A recipe without its name and without what the changes are about. @param {Recipe} recipe */
function restOf(recipe) {
  const { name, pixels, labels, optimizer, ...rest } = recipe;
  const layers = withConv(recipe, { kernel_initializer: "", weight_decay: 0, kernel_size: 0 }).layers;
  return /** @type {Record<string, unknown>} */ ({ ...rest, layers });
}

/** The same whatever the order of its keys. @param {unknown} value */
const text = (value) =>
  JSON.stringify(value, (_, part) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort())
      : part,
  );
