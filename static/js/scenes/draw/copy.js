// @ts-check
// A copy of the network with filters switched, that answers in place of it, and says so.

import { knows } from "../../state/known.js";
import { switchedIn } from "../../state/switched.js";
import { byId, write } from "../../views/elements.js";
import { switchedTitle } from "../../words/switched.js";

/** Tells which filters are switched in whoever answers. @param {import("../../types.js").State} state */
export function switchedCopy(state) {
  const switched = knows(state, "data") ? switchedIn(state) : null;
  byId("draw-copy").hidden = !switched;
  if (switched)
    write(byId("draw-copy-words"), `${switchedTitle(switched)}: a copy answers, the run stays as it is.`);
  return switched;
}
