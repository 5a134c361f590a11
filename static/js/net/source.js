// @ts-check
// Where a tab hears a run's events from: a worker that all tabs share, or a
// connection of its own where there is none.

import { DAMAGED, EVENT_KINDS, RESET } from "../contract.js";
import { openLine } from "./shared/line.js";
import { ROOT } from "./root.js";

/**
 * @typedef {{onOpen: () => void, onLost: () => void,
 *   onEvent: (kind: string, seq: number, text: string) => void}} Ears
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
    ({ kind, seq, text }) => {
      if (kind === "open") ears.onOpen();
      else if (kind === "lost") ears.onLost();
      else ears.onEvent(kind, seq, text);
    },
    () => openOwn(id, after, ears),
  );
}

/** @param {string} id @param {number} after @param {Ears} ears */
function openOwn(id, after, ears) {
  const source = new EventSource(
    `${ROOT}api/runs/${encodeURIComponent(id)}/events?steps=thinned&after=${after}`,
  );
  source.onopen = ears.onOpen;
  source.onerror = ears.onLost;
  for (const kind of [...EVENT_KINDS, RESET, DAMAGED]) {
    source.addEventListener(kind, (message) => ears.onEvent(kind, Number(message.lastEventId), message.data));
  }
  return { close: () => source.close() };
}
