// @ts-check
// The dialog that asks how far a run is to go on.

import { aboutGoingOn, rateGoingOn, refusedLength, suggestedSteps, MOST_STEPS } from "../words/going_on.js";
import { stepNamed } from "../words/steps.js";
import { byId, write } from "./elements.js";

/**
 * Opens it for the run on the stage.
 * @param {import("../types.js").Run} run
 * @param {Pick<import("../types.js").Commands, "trainTo">} commands
 */
export function askHowFar(run, commands) {
  const dialog = byId("go-on");
  const steps = byId("go-on-steps");
  steps.max = String(MOST_STEPS);
  steps.value = String(suggestedSteps(run));
  write(byId("go-on-about"), aboutGoingOn(run));
  const show = () => showLength(run, steps.valueAsNumber);
  steps.oninput = show;
  byId("go-on-form").onsubmit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (refusedLength(run, steps.valueAsNumber)) return steps.focus();
    dialog.close();
    commands.trainTo(steps.valueAsNumber);
  };
  show();
  dialog.showModal();
  steps.select();
}

/** @param {import("../types.js").Run} run @param {number} total */
function showLength(run, total) {
  const refused = refusedLength(run, total);
  const rate = byId("go-on-rate");
  write(rate, refused || rateGoingOn(run, total));
  rate.classList.toggle("refused", refused !== "");
  byId("go-on-steps").setAttribute("aria-invalid", String(refused !== ""));
  write(byId("go-on-begin"), refused ? "Go on" : `Go on to ${stepNamed(run, total)}`);
}
