// @ts-check
// What the charts say at the step looked at, told when the playhead
// rests; while training the headline speaks.

import { EDGES_OR_LINES } from "../contract.js";
import { judgedShown, judgesDifference } from "../state/added.js";
import { isLive, isMoving, looksBack, orientedOf, playhead } from "../state/selectors.js";
import { byId, make, write } from "../views/elements.js";
import { capital, fixed, percent } from "../words/numbers.js";
import { stepNamed } from "../words/steps.js";

/** @typedef {import("../types.js").State} State */

const REST_MILLISECONDS = 900;

/** @param {import("../store.js").Store} store */
export function mountSpoken(store) {
  const told = make("p", { class: "spoken", id: "charts-spoken", "aria-live": "polite" });
  byId("measures").append(told);
  let timer = 0;
  let at = NaN;
  store.subscribe((state) => {
    const rests = !isMoving(state) && (looksBack(state) || !isLive(state));
    if (!rests || state.view.scene !== "live" || playhead(state) === at) return;
    at = playhead(state);
    clearTimeout(timer);
    timer = window.setTimeout(() => write(told, sentence(store.state)), REST_MILLISECONDS);
  });
}

/** @param {State} state */
function sentence(state) {
  const frame = judgedShown(state);
  if (!state.run || !frame?.verdicts) return "";
  const { step, accuracy, loss } = state.evaluations;
  const last = step.findLastIndex((one) => one <= playhead(state));
  const right = accuracy[last] === undefined ? "" : ` Right answers ${percent(accuracy[last])}.`;
  const error = loss[last] === undefined ? "" : ` Error ${fixed(loss[last])}.`;
  const found = `${orientedOf(frame)} filters ${judgesDifference(state) ? "were taught" : "see"}`;
  return `${capital(stepNamed(state.run, frame.step))}: ${found} ${EDGES_OR_LINES}.${right}${error}`;
}
