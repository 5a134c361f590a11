// @ts-check
// One run's events as the server sends them; where something holds the stream back, it is asked.

import { ALIVE, DAMAGED, EVENT_KINDS, RESET } from "../../contract.js";
import { ROOT } from "../root.js";
import { SignsOfLife } from "./signs_of_life.js";

const ASK_MILLISECONDS = 2_000;
const ANSWER_MILLISECONDS = 15_000; // until an answer begins
const WHOLE_MILLISECONDS = 60_000; // until it is here
const HELD_MILLISECONDS = 5_000; // a connection that ends sooner was refused rather than held back
const MOST_HELD = 2;

/** Streams one after the other that told nothing while the server answered. */
let held = 0;

/** A page that was loaded anew has one more try at streaming. */
export function tryStreaming() {
  held = Math.min(held, MOST_HELD - 1);
}

/**
 * @typedef {{onOpen: (isHeldBack: boolean) => void, onLost: () => void,
 *   onEvent: (kind: string, seq: number, text: string) => void}} Ears
 */

export class RunEvents {
  isOpen = false;
  /** Whether it asks rather than listens. */
  isHeldBack = false;
  /** @type {EventSource | null} */
  #source = null;
  /** @type {SignsOfLife | null} */
  #signs = null;
  #isClosed = false;
  /** @type {AbortController | null} */
  #asking = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} id @param {number} after  the last event heard @param {Ears} ears */
  constructor(id, after, ears) {
    this.id = id;
    this.seq = after;
    this.ears = ears;
    if (held < MOST_HELD) this.#listen();
    else this.#poll();
  }

  close() {
    this.#isClosed = true;
    this.#asking?.abort();
    this.#hangUp();
  }

  #listen() {
    this.#hangUp();
    const signs = (this.#signs = new SignsOfLife(() => (signs.hasCome ? this.#listen() : this.#check())));
    const source = (this.#source = new EventSource(this.#address()));
    source.onopen = () => this.#open(false);
    source.onerror = () => {
      const wasHeld = !signs.hasCome && Date.now() - signs.begunAt > HELD_MILLISECONDS;
      if (wasHeld) this.#check();
      else this.#lose();
    };
    for (const kind of [...EVENT_KINDS, RESET, DAMAGED, ALIVE])
      source.addEventListener(kind, (message) => {
        held = 0;
        signs.come();
        this.#hear(kind, Number(message.lastEventId), message.data);
      });
  }

  #hangUp() {
    this.#signs?.stop();
    this.#source?.close();
    clearTimeout(this.#timer);
  }

  /** A stream told nothing: is that so of the stream alone, or of the server too? */
  async #check() {
    this.#hangUp();
    if (await this.#ask()) held += 1;
    this.#goOn();
  }

  async #poll() {
    if (await this.#ask()) this.#goOn();
  }

  #goOn() {
    if (this.#isClosed) return;
    this.#open(held >= MOST_HELD);
    if (held < MOST_HELD) return this.#listen();
    this.#timer = setTimeout(() => this.#poll(), ASK_MILLISECONDS);
  }

  /** Hears what there is; false if that can't be had. */
  async #ask() {
    const text = await this.#answer().catch(() => null);
    if (this.#isClosed) return false;
    if (text === null) this.#lose();
    for (const event of eventsIn(text ?? "")) {
      if (this.#isClosed) break;
      this.#hear(event.kind, event.seq, event.text);
    }
    return text !== null;
  }

  async #answer() {
    const asking = (this.#asking = new AbortController());
    let late = setTimeout(() => asking.abort(), ANSWER_MILLISECONDS);
    try {
      const answer = await fetch(`${this.#address()}&wait=0`, {
        signal: asking.signal,
        cache: "no-store",
      });
      clearTimeout(late);
      late = setTimeout(() => asking.abort(), WHOLE_MILLISECONDS);
      return answer.ok ? await answer.text() : null;
    } finally {
      clearTimeout(late);
    }
  }

  #address() {
    return `${ROOT}api/runs/${encodeURIComponent(this.id)}/events?steps=thinned&after=${this.seq}`;
  }

  /** @param {boolean} isHeldBack */
  #open(isHeldBack) {
    if (this.isOpen && this.isHeldBack === isHeldBack) return;
    this.isOpen = true;
    this.isHeldBack = isHeldBack;
    this.ears.onOpen(isHeldBack);
  }

  #lose() {
    this.close();
    this.ears.onLost();
  }

  /** @param {string} kind @param {number} seq @param {string} text */
  #hear(kind, seq, text) {
    if (kind === ALIVE) return;
    if (kind === RESET) this.seq = 0;
    else if (kind !== DAMAGED) this.seq = seq;
    this.ears.onEvent(kind, seq, text);
  }
}

/** The events of an answer that is whole, as an EventSource would tell them. @param {string} answer */
function eventsIn(answer) {
  const blocks = answer.split("\n\n").map((block) => new Map(block.split("\n").map(fieldOf)));
  return blocks
    .filter((fields) => fields.has("event"))
    .map((fields) => ({
      kind: fields.get("event") ?? "",
      seq: Number(fields.get("id") ?? 0),
      text: fields.get("data") ?? "",
    }));
}

/** @param {string} line @returns {[string, string]} */
function fieldOf(line) {
  const colon = line.indexOf(": ");
  return [line.slice(0, colon), line.slice(colon + 2)];
}
