// @ts-check
// The answer to a drawing: the headline, the layers, the bars.

import { isElsewhere } from "../../pictures/fitting.js";
import { datasetOf } from "../../state/known.js";
import { indexAt } from "../../state/frames.js";
import { convolutionsOf } from "../../state/layers.js";
import { slidingOf } from "../../state/sliding.js";
import { byId, write } from "../../views/elements.js";
import { offWords } from "../../words/switched.js";
import { drawBars } from "./bars.js";
import { codeOf, usesOf } from "./codes.js";
import { wordsElsewhere } from "./elsewhere.js";
import { ranked, wordsFor } from "./words.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../pictures/looking.js").Seen} Seen
 */

const UNASKED = "The network could not be asked:";
const MOST_BARS = 16;

/** @param {State} state @param {Seen | null} seen @param {string} problem */
export function drawWords(state, seen, problem) {
  byId("draw-under").classList.toggle("long", isElsewhere(state) || datasetOf(state) !== "mnist");
  if (isElsewhere(state) && state.run) {
    const { headline, under } = wordsElsewhere(state.run, seen);
    write(byId("draw-headline"), headline);
    return write(byId("draw-under"), problem ? `${UNASKED} ${problem}` : under);
  }
  const code = seen && codeIn(state, seen);
  const { headline, under } = wordsFor(datasetOf(state) ?? "", seen, code && usesOf(code));
  const switched = seen?.asked.switched;
  write(byId("draw-headline"), switched ? `${offWords(switched)}. ${headline}` : headline);
  write(byId("draw-under"), problem ? `${UNASKED} ${problem}` : under);
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
  const activations = activationsIn(state, seen);
  const isSigned = (/** @type {number} */ at) => !["relu", "sigmoid"].includes(activations[at] ?? "linear");
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
      : "Strong places are where a filter finds what it looks for.",
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
  drawBars(byId("draw-answers"), code ? strongest(code) : barsOf(seen));
}

/** What the sums of each layer pass through. @param {State} state @param {Seen} seen */
function activationsIn({ run }, { layers }) {
  if (run?.recipe) return convolutionsOf(run.recipe).map(({ activation }) => activation);
  return layers.map(({ layer }) => slidingOf(run, layer)?.activation);
}

/** @param {import("../../pictures/looking.js").LayerMaps} code */
function strongest(code) {
  const bars = usesOf(code).shares.map((share, filter) => ({ name: `filter ${filter + 1}`, share }));
  return bars.sort((one, other) => other.share - one.share).slice(0, 10);
}

/** In their order, as long as they are few; of many the likeliest. @param {Seen} seen */
function barsOf(seen) {
  const { names, probabilities } = seen;
  if (names.length > MOST_BARS) return ranked(seen).slice(0, MOST_BARS);
  return probabilities ? names.map((name, at) => ({ name, share: probabilities[at] })) : [];
}
