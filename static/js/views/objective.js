// @ts-check
// The words and places that depend on what the network is trained for, and on what is told of it.

import { objectiveOf } from "../state/objective.js";
import { isFromElsewhere } from "../state/watched.js";
import { OBJECTIVES } from "../words/objectives.js";
import { cannotSay, lossKind, notTold } from "../words/told.js";
import { byId, write } from "./elements.js";

/** @typedef {import("../types.js").State} State */

/** @param {import("../store.js").Store} store */
export function mountObjective(store) {
  const labels = document.querySelector('#spoil input[value="labels"]')?.closest("label");
  store.subscribe((state) => {
    const { error, hints, noAnswers } = OBJECTIVES[objectiveOf(state)];
    const isOther = isFromElsewhere(state);
    showChart("answers", isOther ? notTold(state, "accuracy") : noAnswers);
    showChart("loss", isOther ? notTold(state, "loss") : null);
    showChart("shares", isOther ? cannotSay(state) : null);
    byId("lengths").hidden = !isOther;
    write(byId("loss").querySelector("h2 small"), lossKind(state) ?? error);
    for (const measure of /** @type {const} */ (["answers", "loss"]))
      byId(measure).querySelector(".hint").dataset.hint = hints[measure];
    if (labels instanceof HTMLElement) labels.hidden = noAnswers !== null;
  });
}

/** A chart, or why there is none. @param {string} id @param {string | null} why */
function showChart(id, why) {
  const part = byId(id);
  part.querySelector(".chart").hidden = why !== null;
  const without = part.querySelector(".without");
  without.hidden = why === null;
  write(without, why ?? "");
}
