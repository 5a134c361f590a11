// @ts-check
// What is said and offered while no run is on the stage.

import { byId } from "../../views/elements.js";

/** @typedef {import("../../types.js").State} State */

const FIRST = "Train a network, and see its mistakes while it learns.";
const ANOTHER = "Train a network, and see its mistakes while it learns; or take one that is kept.";

/** @param {import("../../types.js").Commands} commands */
export function listenToNothing(commands) {
  byId("mistakes-start").onclick = () => commands.start();
  byId("mistakes-choose").onclick = () => commands.openScene("runs");
}

/** @param {State} state */
export function offerRuns({ run, runs }) {
  byId("mistakes-nothing").hidden = Boolean(run);
  byId("mistakes-choose").hidden = !runs.length;
}

/** @param {State} state */
export const nothingWords = ({ runs }) => (runs.length ? ANOTHER : FIRST);
