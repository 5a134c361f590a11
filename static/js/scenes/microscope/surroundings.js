// @ts-check
// The headline, the buttons, and where what one sees comes from.

import { knows } from "../../state/known.js";
import { judgedFrame } from "../../state/selectors.js";
import { byId, write } from "../../views/elements.js";
import { UNKNOWN, whose } from "../../words/known.js";

/** @type {Record<string, string>} */
const KEPT = {
  relu: ", keep what is above zero",
  tanh: ", press it between −1 and 1 (tanh)",
  sigmoid: ", press it between 0 and 1 (sigmoid)",
};

/**
 * @param {import("../../types.js").State} state
 * @param {import("./specimen.js").Specimen | null} specimen
 * @param {{textbook: boolean, isDrawing: boolean, problem: string}} now
 */
export function drawSurroundings(state, specimen, { textbook, isDrawing, problem }) {
  const { run } = state;
  byId("lens-work").hidden = !specimen;
  byId("lens-of-run").hidden = textbook;
  byId("lens-start").hidden = run !== null;
  byId("lens-pen").hidden = run === null || !knows(state, "data");
  byId("lens-textbook").hidden = run !== null && !knows(state, "data");
  byId("lens-pen").setAttribute("aria-pressed", String(isDrawing));
  byId("lens-textbook").setAttribute("aria-pressed", String(textbook));
  byId("lens-sight").classList.toggle("drawing", isDrawing);
  write(byId("lens-pen"), isDrawing ? "Done drawing" : "Draw your own");
  write(
    byId("lens-waiting"),
    problem ||
      (specimen ? "" : run && !state.frames.length ? "One moment: the run is getting ready." : "One moment."),
  );
  write(byId("lens-origin"), originOf(state, textbook));
  if (!specimen) return;
  const { learns, task } = specimen;
  const kept = KEPT[task.activation] ?? "";
  const answer = `The filter slides over the picture. At each place: multiply, add up${kept}.`;
  write(byId("lens-headline"), learns ? "One filter, one step." : "One patch, one filter, one number.");
  write(
    byId("lens-under"),
    learns ? "Each weight is moved a little against its gradient: W′ = W − η · ∂L/∂W." : answer,
  );
}

/** @param {import("../../types.js").State} state @param {boolean} textbook */
function originOf(state, textbook) {
  if (!state.run)
    return "The example of textbooks. Start a run, and its own filters slide over real pictures.";
  if (!knows(state, "data")) return `The example of textbooks. ${whose(state.run)} ${UNKNOWN.data}`;
  if (textbook) return "The example of textbooks, with whole numbers.";
  const step = judgedFrame(state)?.step;
  return step === undefined
    ? ""
    : `From ${state.run.name}, step ${step}. Move the timeline to see what it did before.`;
}
