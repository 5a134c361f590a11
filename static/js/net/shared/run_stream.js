// @ts-check
// The events of one run, heard once and handed to every tab that watches it.

import { DAMAGED, LAST_KINDS, RESET } from "../../contract.js";
import { RunEvents } from "./run_events.js";

/** @typedef {{kind: string, seq: number, text: string}} Told */

/** @param {boolean} isHeldBack */
const opening = (isHeldBack) => ({ kind: "open", isHeldBack });

export class RunStream {
  /**
   * @param {string} id
   * @param {() => void} onClosed  there is nothing more to hear, or the connection was lost
   */
  constructor(id, onClosed) {
    this.id = id;
    this.onClosed = onClosed;
    /** How far each tab has heard. @type {Map<MessagePort, number>} */
    this.watchers = new Map();
    /** @type {Told[]} */
    this.told = [];
    this.from = 0;
    this.seq = 0;
    this.isWanted = false;
    /** @type {RunEvents | null} */
    this.source = null;
  }

  /** @param {MessagePort} port @param {number} after */
  add(port, after) {
    this.watchers.set(port, after);
    const isFirst = this.watchers.size === 1 && this.told.length === 0;
    if (isFirst || after < this.from) this.beginAgain(after);
    for (const event of this.told) this.pass(port, event);
    if (this.source?.isOpen) port.postMessage(opening(this.source.isHeldBack));
    this.isWanted = !LAST_KINDS.has(this.told.at(-1)?.kind ?? "");
  }

  /** Hears all after `after` anew; whoever has heard some of it is not told again. @param {number} after */
  beginAgain(after) {
    this.source?.close();
    this.source = null;
    this.told = [];
    this.from = this.seq = after;
  }

  open() {
    this.source = new RunEvents(this.id, this.seq, {
      onOpen: (isHeldBack) => this.say(opening(isHeldBack)),
      onLost: () => this.lose(),
      onEvent: (kind, seq, text) => this.hear({ kind, seq, text }),
    });
  }

  /** Makes room for another run; it is not lost, and goes on when it is its turn. */
  rest() {
    this.source?.close();
    this.source = null;
  }

  lose() {
    this.rest();
    this.isWanted = false; // until a tab asks for it again
    this.say({ kind: "lost" });
    this.onClosed();
  }

  /** @param {Told} event */
  hear(event) {
    if (event.kind === RESET) return this.forget();
    if (event.kind === DAMAGED) return this.end({ kind: DAMAGED, seq: 0, text: event.text });
    this.seq = event.seq;
    this.told.push(event);
    for (const port of this.watchers.keys()) this.pass(port, event);
    if (LAST_KINDS.has(event.kind)) this.end();
  }

  /** There is nothing more to hear. @param {Told} [word]  what is said of that */
  end(word) {
    this.rest();
    this.isWanted = false;
    if (word) this.say(word);
    this.onClosed();
  }

  /** All is told again, from the first event. */
  forget() {
    this.told = [];
    this.from = this.seq = 0;
    for (const port of this.watchers.keys()) this.watchers.set(port, 0);
    this.say({ kind: RESET, seq: 0, text: "" });
  }

  /** @param {MessagePort} port @param {Told} event */
  pass(port, event) {
    if (event.seq <= (this.watchers.get(port) ?? 0)) return;
    this.watchers.set(port, event.seq);
    port.postMessage(event);
  }

  /** @param {{kind: string, seq?: number, text?: string, isHeldBack?: boolean}} news */
  say(news) {
    for (const port of this.watchers.keys()) port.postMessage(news);
  }
}
