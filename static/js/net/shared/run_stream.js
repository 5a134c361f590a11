// @ts-check
// The events of one run, heard once and handed to every tab that watches it.

import { DAMAGED, EVENT_KINDS, LAST_KINDS, RESET } from "../../contract.js";
import { ROOT } from "../root.js";

/** @typedef {{kind: string, seq: number, text: string}} Told */

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
    /** @type {EventSource | null} */
    this.source = null;
  }

  /** @param {MessagePort} port @param {number} after */
  add(port, after) {
    this.watchers.set(port, after);
    const isFirst = this.watchers.size === 1 && this.told.length === 0;
    if (isFirst || after < this.from) this.beginAgain(after);
    for (const event of this.told) this.pass(port, event);
    if (this.source?.readyState === EventSource.OPEN) port.postMessage({ kind: "open" });
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
    const source = new EventSource(
      `${ROOT}api/runs/${encodeURIComponent(this.id)}/events?steps=thinned&after=${this.seq}`,
    );
    this.source = source;
    source.onopen = () => this.say({ kind: "open" });
    source.onerror = () => this.lose();
    for (const kind of [...EVENT_KINDS, RESET, DAMAGED])
      source.addEventListener(kind, (message) => this.hear(message));
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

  /** @param {MessageEvent} message */
  hear(message) {
    if (message.type === RESET) return this.forget();
    if (message.type === DAMAGED) return this.end({ kind: DAMAGED, seq: 0, text: message.data });
    const event = { kind: message.type, seq: Number(message.lastEventId), text: message.data };
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

  /** @param {{kind: string, seq?: number, text?: string}} news */
  say(news) {
    for (const port of this.watchers.keys()) port.postMessage(news);
  }
}
