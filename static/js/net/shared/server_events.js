// @ts-check
// Events as the server sends them; where something holds the stream back, it is asked again and again.

import { ALIVE } from "../../contract.js";
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

export class ServerEvents {
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

  /**
   * @param {() => string} addressNow  with a question mark in it; may change with what was heard
   * @param {readonly string[]} kinds  of events to hear
   * @param {Ears} ears
   */
  constructor(addressNow, kinds, ears) {
    this.addressNow = addressNow;
    this.kinds = kinds;
    this.ears = ears;
    if (held < MOST_HELD) this.#listen();
    else this.#poll();
  }

  close() {
    this.#isClosed = true;
    this.#asking?.abort();
    this.#hangUp();
  }

  /** It told something and then nothing more for long. */
  fallSilent() {
    this.#listen();
  }

  lose() {
    this.close();
    this.ears.onLost();
  }

  #listen() {
    this.#hangUp();
    const signs = (this.#signs = new SignsOfLife(() => (signs.hasCome ? this.fallSilent() : this.#check())));
    const source = (this.#source = new EventSource(this.addressNow()));
    source.onopen = () => this.#open(false);
    source.onerror = () => {
      const wasHeld = !signs.hasCome && Date.now() - signs.begunAt > HELD_MILLISECONDS;
      if (wasHeld) this.#check();
      else this.lose();
    };
    for (const kind of [...this.kinds, ALIVE])
      source.addEventListener(kind, (message) => {
        held = 0;
        signs.come();
        if (kind !== ALIVE) this.ears.onEvent(kind, Number(message.lastEventId), message.data);
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
    if (text === null) this.lose();
    for (const event of eventsIn(text ?? "")) {
      if (this.#isClosed) break;
      if (event.kind !== ALIVE) this.ears.onEvent(event.kind, event.seq, event.text);
    }
    return text !== null;
  }

  async #answer() {
    const asking = (this.#asking = new AbortController());
    let late = setTimeout(() => asking.abort(), ANSWER_MILLISECONDS);
    try {
      const answer = await fetch(`${this.addressNow()}&wait=0`, {
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

  /** @param {boolean} isHeldBack */
  #open(isHeldBack) {
    if (this.isOpen && this.isHeldBack === isHeldBack) return;
    this.isOpen = true;
    this.isHeldBack = isHeldBack;
    this.ears.onOpen(isHeldBack);
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
