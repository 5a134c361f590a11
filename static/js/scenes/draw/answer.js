// @ts-check
// The answer to a drawing: the headline, the layers, the bars.

import { datasetOf } from "../../state/known.js";
import { indexAt } from "../../state/frames.js";
import { convolutionsOf } from "../../state/layers.js";
import { byId, write } from "../../views/elements.js";
import { drawBars } from "./bars.js";
import { codeOf, usesOf } from "./codes.js";
import { ranked, wordsFor } from "./words.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../pictures/looking.js").Seen} Seen
 */

/** @param {State} state @param {Seen | null} seen @param {string} problem */
export function drawWords(state, seen, problem) {
  const code = seen && codeIn(state, seen);
  const { headline, under } = wordsFor(datasetOf(state) ?? "", seen, code && usesOf(code));
  write(byId("draw-headline"), headline);
  write(byId("draw-under"), problem ? `The network could not be asked: ${problem}` : under);
}

/** The code of a network that learns without labels, else null. @param {State} state @param {Seen} seen */
function codeIn(state, seen) {
  const objective = state.run?.recipe?.objective;
  const frame = state.frames[indexAt(state.frames, Number(seen.asked.step))];
  return objective?.type === "sparse-code" && frame
    ? codeOf(seen.layers[0], frame.kernel, objective.sparsity)
    : null;
}

/** @param {State} state @param {Seen} seen @param {import("./maps.js").FeatureMaps} maps */
export function drawAnswer(state, seen, maps) {
  const code = codeIn(state, seen);
  const convolutions = state.run?.recipe ? convolutionsOf(state.run.recipe) : [];
  const isSigned = (/** @type {number} */ at) =>
    !["relu", "sigmoid"].includes(convolutions[at]?.activation ?? "linear");
  maps.draw(
    code ? [code] : seen.layers,
    isSigned,
    `${seen.asked.run}/${seen.asked.step}/${seen.asked.subject.isBlank}`,
  );
  drawWords(state, seen, "");
  write(
    byId("draw-colours"),
    isSigned(0)
      ? "White is 0; orange and blue are answers of either sign."
      : "Dark places are where a filter finds what it looks for.",
  );
  write(byId("draw-answers-title"), code ? "Who answers" : "What it says");
  const reason = byId("draw-reason");
  reason.hidden = !(code || seen.reason || seen.asked.subject.isBlank);
  write(
    reason,
    code
      ? "At which share of the places a filter’s answer is strong enough to count."
      : (seen.reason ?? "This is what it says of an empty picture."),
  );
  drawBars(byId("draw-answers"), code ? strongest(code) : ranked(seen).length ? inOrder(seen) : []);
}

/** @param {import("../../pictures/looking.js").LayerMaps} code */
function strongest(code) {
  const bars = usesOf(code).shares.map((share, filter) => ({ name: `filter ${filter + 1}`, share }));
  return bars.sort((one, other) => other.share - one.share).slice(0, 10);
}

/** @param {Seen} seen */
const inOrder = ({ names, probabilities }) =>
  names.map((name, at) => ({ name, share: probabilities?.[at] ?? 0 }));
