// @ts-check
// The words and places that depend on what the network is trained for.

import { objectiveOf } from "../state/objective.js";
import { OBJECTIVES } from "../words/objectives.js";
import { byId, write } from "./elements.js";

/** @param {import("../store.js").Store} store */
export function mountObjective(store) {
  const answers = byId("answers");
  const without = answers.querySelector(".without");
  const labels = document.querySelector('#spoil input[value="labels"]')?.closest("label");
  let shown = "";
  store.subscribe((state) => {
    const objective = objectiveOf(state);
    if (objective === shown) return;
    shown = objective;
    const { error, hints, noAnswers } = OBJECTIVES[objective];
    answers.querySelector(".chart").hidden = noAnswers !== null;
    without.hidden = noAnswers === null;
    write(without, noAnswers ?? "");
    write(byId("loss").querySelector("h2 small"), error);
    for (const measure of /** @type {const} */ (["answers", "loss"])) {
      byId(measure).querySelector(".hint").dataset.hint = hints[measure];
    }
    if (labels instanceof HTMLElement) labels.hidden = noAnswers !== null;
  });
}
