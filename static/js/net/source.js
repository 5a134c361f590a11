// @ts-check
// Where a tab hears a run's events from: a worker that all tabs share, or a
// connection of its own where there is none.

import { openLine } from "./shared/line.js";
import { RunEvents } from "./shared/run_events.js";

/**
 * @typedef {import("./shared/run_events.js").Ears} Ears
 * @typedef {import("./shared/line.js").Line} Source
 */

/**
 * @param {string} id  of the run
 * @param {number} after  the last event heard
 * @param {Ears} ears
 * @returns {Source}
 */
export function openSource(id, after, ears) {
  return openLine(
    { ask: "watch", id, after },
    ({ kind, seq, text, isHeldBack = false }) => {
      if (kind === "open") ears.onOpen(isHeldBack);
      else if (kind === "lost") ears.onLost();
      else ears.onEvent(kind, seq, text);
    },
    () => new RunEvents(id, after, ears),
  );
}
