// @ts-check
// The events of one run, from the first, across lost connections. Draws nothing.

import { DAMAGED, LAST_KINDS, RESET } from "../contract.js";
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
 * @typedef {{onEvent: (event: RunEvent) => void, onOpen: (isHeldBack: boolean) => void, onEnd: () => void,
 *   onReset: () => void, onDamaged: () => void, onLost: (waitSeconds: number) => void}} Listener
 */

/** Follows a run until its last event. Each new connection goes on after the last event heard. */
export class EventStream {
  /** @type {import("./source.js").Source | null} */
  #source = null;
  #timer = 0;
  #seq = 0;
  #failures = 0;
  #retry = () => this.retry();

  /** @param {string} id @param {Listener} listener */
  constructor(id, listener) {
    this.id = id;
    this.listener = listener;
    this.retry();
  }

  /** Connects anew, at once. */
  retry() {
    this.close();
    this.#source = openSource(this.id, this.#seq, {
      onOpen: (isHeldBack) => this.#open(isHeldBack),
      onLost: () => this.#lose(),
      onEvent: (kind, seq, text) => this.#hear(kind, seq, text),
    });
  }

  close() {
    clearTimeout(this.#timer);
    removeEventListener("online", this.#retry);
    this.#source?.close();
  }

  /** @param {boolean} isHeldBack  we ask again and again, for nothing is told of itself */
  #open(isHeldBack) {
    this.#failures = 0;
    this.listener.onOpen(isHeldBack);
  }

  #lose() {
    this.#source?.close();
    const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = window.setTimeout(this.#retry, wait * 1000);
    addEventListener("online", this.#retry);
    this.listener.onLost(wait);
  }

  /** @param {string} kind @param {number} seq @param {string} text */
  #hear(kind, seq, text) {
    if (kind === RESET) return this.#forget();
    if (kind === DAMAGED) return this.#giveUp();
    this.#seq = seq;
    this.listener.onEvent(/** @type {RunEvent} */ ({ kind, seq, data: JSON.parse(text) }));
    if (!LAST_KINDS.has(kind)) return;
    this.#source?.close();
    this.listener.onEnd();
  }

  /** What follows can't be read any more: asking again would be of no use. */
  #giveUp() {
    this.#source?.close();
    this.listener.onDamaged();
  }

  /** Some of what we heard is no more; what is left is told again from the first event. */
  #forget() {
    this.#seq = 0;
    this.listener.onReset();
  }
}
