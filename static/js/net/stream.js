// @ts-check
// The events of one run, from the first, across lost connections. Draws nothing.

import { LAST_KINDS, RESET } from "../contract.js";
import { openSource } from "./source.js";

const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 15;

/**
 * @typedef {import("./answers.js").EventsByKind} EventsByKind
 * @typedef {import("./answers.js").TypedArray} TypedArray
 * @typedef {EventsByKind["snapshot"] & {kernel: TypedArray}} ToldSnapshot  its kernel travels with it
 * @typedef {EventsByKind["steps"] & {count?: number[]}} ToldSteps  how many steps each entry is the mean of
 * @typedef {Omit<EventsByKind, "snapshot" | "steps"> & {snapshot: ToldSnapshot, steps: ToldSteps}} EventData
 * @typedef {{[Kind in keyof EventData]: {kind: Kind, seq: number, data: EventData[Kind]}}} EventOf
 * @typedef {EventOf[keyof EventOf]} RunEvent
 * @typedef {{onEvent: (event: RunEvent) => void, onOpen: () => void, onEnd: () => void,
 *   onReset: () => void, onLost: (waitSeconds: number) => void}} Listener
 */

/**
 * Follows a run until its last event. Each new connection goes on after the last event heard.
 * @param {string} id
 * @param {Listener} listener
 */
export function followRun(id, listener) {
  /** @type {import("./source.js").Source | null} */
  let source = null;
  let timer = 0;
  let seq = 0;
  let failures = 0;

  function connect() {
    clearTimeout(timer);
    source?.close();
    source = openSource(id, seq, { onOpen, onLost: lose, onEvent: hear });
  }

  function onOpen() {
    failures = 0;
    listener.onOpen();
  }

  /** Some of what we heard is no more; what is left is told again from the first event. */
  function forget() {
    seq = 0;
    listener.onReset();
  }

  function lose() {
    source?.close();
    const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** failures);
    failures += 1;
    timer = window.setTimeout(connect, wait * 1000);
    listener.onLost(wait);
  }

  /** @param {string} kind @param {number} heard @param {string} text */
  function hear(kind, heard, text) {
    if (kind === RESET) return forget();
    seq = heard;
    listener.onEvent(/** @type {RunEvent} */ ({ kind, seq, data: JSON.parse(text) }));
    if (!LAST_KINDS.has(kind)) return;
    source?.close();
    listener.onEnd();
  }

  connect();
  return {
    retry: connect,
    close() {
      clearTimeout(timer);
      source?.close();
    },
  };
}
