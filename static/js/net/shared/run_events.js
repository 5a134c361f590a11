// @ts-check
// One run's events as the server sends them, after the last one heard.

import { DAMAGED, EVENT_KINDS, RESET } from "../../contract.js";
import { ROOT } from "../root.js";
import { ServerEvents } from "./server_events.js";

/** @typedef {import("./server_events.js").Ears} Ears */

const KINDS = [...EVENT_KINDS, RESET, DAMAGED];

export class RunEvents extends ServerEvents {
  /** @param {string} id @param {number} after  the last event heard @param {Ears} ears */
  constructor(id, after, ears) {
    let seq = after;
    const address = () => `${ROOT}api/runs/${encodeURIComponent(id)}/events?steps=thinned&after=${seq}`;
    super(address, KINDS, {
      ...ears,
      onEvent(kind, heard, text) {
        if (kind === RESET) seq = 0;
        else if (kind !== DAMAGED) seq = heard;
        ears.onEvent(kind, heard, text);
      },
    });
  }
}
