// @ts-check
// The headline, the buttons, and where what one sees comes from.

import { fitOfFirstLayer, isElsewhere, whyNoPicture } from "../../pictures/fitting.js";
import { judgedFrame } from "../../state/selectors.js";
import { byId, write } from "../../views/elements.js";
import { stepNamed } from "../../words/steps.js";

/** @type {Record<string, string>} */
const KEPT = {
  relu: ", keep what is above zero",
  tanh: ", press it between −1 and 1 (tanh)",
  sigmoid: ", press it between 0 and 1 (sigmoid)",
};

/**
 * @param {import("../../types.js").State} state
 * @param {import("./specimen.js").Specimen | null} specimen
 * @param {{textbook: boolean, isDrawing: boolean, problem: string,
 *   subject: import("../../pictures/subject.js").Subject | null}} now
 */
export function drawSurroundings(state, specimen, { textbook, isDrawing, problem, subject }) {
  const { run } = state;
  byId("lens-work").hidden = !specimen;
  byId("lens-of-run").hidden = textbook;
  byId("lens-start").hidden = run !== null;
  const isOnlyTextbook = isElsewhere(state) && !fitOfFirstLayer(state);
  byId("lens-pen").hidden = run === null || isOnlyTextbook;
  byId("lens-textbook").hidden = isOnlyTextbook;
  byId("lens-pen").setAttribute("aria-pressed", String(isDrawing));
  byId("lens-textbook").setAttribute("aria-pressed", String(textbook));
  byId("lens-sight").classList.toggle("drawing", isDrawing);
  write(byId("lens-pen"), isDrawing ? "Done drawing" : isElsewhere(state) ? "Draw" : "Draw your own");
  write(byId("lens-textbook"), isElsewhere(state) ? "Textbook" : "Textbook 5×5");
  write(byId("lens-waiting"), problem || (specimen ? "" : waitingWords(state, subject)));
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
  if (isElsewhere(state) && !fitOfFirstLayer(state))
    return `The example of textbooks. ${whyNoPicture(state)}`;
  if (textbook) return "The example of textbooks, with whole numbers.";
  const step = judgedFrame(state)?.step;
  if (step === undefined) return "";
  const before = state.frames.length > 1 ? " Move the timeline to see what it did before." : "";
  return `From ${state.run.name}, ${stepNamed(state.run, step)}.${before}`;
}

/**
 * Why nothing is shown yet, or can be.
 * @param {import("../../types.js").State} state
 * @param {import("../../pictures/subject.js").Subject | null} subject
 */
function waitingWords(state, subject) {
  if (state.run && !state.frames.length) return "One moment: the run is getting ready.";
  if (!subject || !isElsewhere(state)) return "One moment.";
  const [height, width] = judgedFrame(state)?.kernel.shape ?? [];
  return `A filter of ${height}×${width}, laid on as it is, gives no answers here, or too many to show.`;
}
