// @ts-check
// The layer that the bank is for: the first of the run on the stage, or of the experiment to be begun.

import { judgedFrame } from "../../state/selectors.js";
import { LARGEST_SIZE, MOST_SLOTS, emptyFilters } from "./edits.js";

/**
 * An empty bank for it; null until it is known, or where the workshop can't hold its filters.
 * @param {import("../../types.js").State} state
 */
export function emptyFor(state) {
  const shape = judgedFrame(state)?.kernel.shape;
  if (!shape) return null;
  const [size, , channels, count] = shape;
  const fits = size <= LARGEST_SIZE && (channels === 1 || channels === 3) && count <= MOST_SLOTS;
  return fits ? emptyFilters(size, channels, count) : null;
}
