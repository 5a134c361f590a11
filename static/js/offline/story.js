// @ts-check
// What happened in a run, told in sentences that follow from its frames and curves.

import { objectiveOf } from "../state/objective.js";
import { spoilOf } from "../state/run.js";
import { marks } from "../state/moments.js";
import { orientedCount } from "../state/selectors.js";
import { LABELS } from "../contract.js";
import { capital, fixed, inWords, percent } from "../words/numbers.js";
import { OBJECTIVES } from "../words/objectives.js";
import { cannotSay } from "../words/told.js";

/** @param {import("../types.js").State} state @returns {string[]} */
export function story(state) {
  const first = state.frames[0];
  const last = state.frames[state.frames.length - 1];
  return [
    `${beginning(state, first)} ${turns(state)}`,
    ending(state, last),
    measured(state),
    control(state),
  ].filter(Boolean);
}

/** @param {import("../types.js").State} state @param {import("../types.js").Frame} frame */
function beginning({ run }, { step, kernel, verdicts }) {
  const [height, width, , count] = kernel.shape;
  if (!verdicts || run?.described?.begins === "unknown")
    return `The first of its frames is of step ${step}: ${inWords(count)} filters.`;
  const noise = verdicts?.counts.noise ?? 0;
  const passed =
    noise === count ? "none of them better than chance" : `${inWords(noise)} of them no better than chance`;
  return (
    `At step 0 the ${inWords(count)} filters, ${height}×${width} numbers for each channel, were drawn at ` +
    `random, ${passed}.`
  );
}

/** @param {import("../types.js").State} state */
function turns(state) {
  if (!state.frames.some(({ verdicts }) => verdicts)) return cannotSay(state) ?? "";
  const found = marks(state);
  const first = found.find(({ words }) => words === "first edges");
  const half = found.find(({ words }) => words === "half of them");
  if (!first) return "No filter stayed an edge or a line.";
  const early = `From step ${first.step} on, there was always an edge or a line among them`;
  return half ? `${early}, and from step ${half.step} on, at least half were.` : `${early}.`;
}

/** @param {import("../types.js").State} state @param {import("../types.js").Frame} last */
function ending(state, last) {
  const counts = last.verdicts?.counts ?? {};
  const there = LABELS.filter((label) => counts[label]).map((label) => `${counts[label]} ${label}`);
  const { learning } = OBJECTIVES[objectiveOf(state)];
  if (!last.verdicts) return `While ${learning}, the network corrected every number ${last.step} times.`;
  const oriented = `${orientedCount(last)} of ${last.kernel.shape[3]} see edges or lines`;
  return (
    `While ${learning}, the network corrected every number ${last.step} times. At the end ${oriented}: ` +
    `${there.join(", ")}. The mean edge score is ${fixed(last.verdicts?.layer_score ?? 0)} of 1.`
  );
}

/** @param {import("../types.js").State} state */
function measured({ evaluations }) {
  const { accuracy, loss } = evaluations;
  if (accuracy.length > 1) {
    return (
      `Of pictures it never trained on, it classified ${percent(accuracy[0])} correctly at first and ` +
      `${percent(accuracy[accuracy.length - 1])} at the end.`
    );
  }
  if (loss.length > 1)
    return (
      `Its error on pictures it never trained on went from ${fixed(loss[0])} to ` +
      `${fixed(loss[loss.length - 1])}.`
    );
  return "";
}

/** @param {import("../types.js").State} state */
function control({ run }) {
  const spoil = run ? spoilOf(run) : "none";
  if (spoil === "none") return "";
  return capital(
    `${spoil === "pixels" ? "the pixels were shuffled" : "the labels were drawn at random"} on purpose: a ` +
      "control, in which no edges should appear.",
  );
}
