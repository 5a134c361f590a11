// @ts-check
// What the measures mean, and what learning is, for each thing a network can be trained for.

/**
 * @typedef {object} Words
 * @property {string} error  the technical name of the error
 * @property {{loss: string, answers: string}} hints  names of the “?” texts
 * @property {string} learning  as in “While … the network corrected them”
 * @property {string | null} noAnswers  why nothing is right or wrong here; null where something is
 * @property {string} unspoilt  under the switch that spoils the data
 */

/** @type {Record<import("../types.js").Objective, Words>} */
export const OBJECTIVES = {
  classify: {
    error: "loss",
    hints: { loss: "loss", answers: "answers" },
    learning: "learning to tell pictures apart",
    noAnswers: null,
    unspoilt: "Shuffle either, and no edge should appear.",
  },
  unknown: {
    error: "loss",
    hints: { loss: "loss", answers: "noAnswers" },
    learning: "being trained",
    noAnswers: "None are known: whoever trains this network sends only its error.",
    unspoilt: "",
  },
  "sparse-code": {
    error: "reconstruction + λ·sparsity",
    hints: { loss: "rebuilding", answers: "noAnswers" },
    learning: "learning to rebuild pictures",
    noAnswers:
      "There are none: nobody tells this network what is in a picture, so it has nothing to name. " +
      "That matters, because edges appear anyway: they are in the pictures, not in the answers.",
    unspoilt: "Shuffle the pixels, and no edge should appear. There are no labels.",
  },
};
