// @ts-check
// Where the teacher looks, heard once and handed to every tab that follows.

import { ROOT } from "../root.js";

/** @typedef {{kind: "place" | "nobody", text: string}} Told */

export class TeacherStream {
  constructor() {
    /** @type {Set<MessagePort>} */
    this.followers = new Set();
    /** What holds now, for who comes later. @type {Told | null} */
    this.newest = null;
    /** @type {EventSource | null} */
    this.source = null;
  }

  /** @param {MessagePort} port */
  add(port) {
    this.followers.add(port);
    if (this.newest) port.postMessage(this.newest);
    if (!this.source) this.open();
  }

  /** @param {MessagePort} port */
  remove(port) {
    if (this.followers.delete(port) && this.followers.size === 0) this.close();
  }

  open() {
    const source = new EventSource(`${ROOT}api/teaching/events`);
    this.source = source;
    source.onerror = () => this.lose();
    for (const kind of /** @type {const} */ (["place", "nobody"])) {
      source.addEventListener(kind, ({ data }) => {
        this.newest = { kind, text: data };
        this.say(this.newest);
      });
    }
  }

  close() {
    this.source?.close();
    this.source = null;
    this.newest = null;
  }

  /** Whoever still follows asks again. */
  lose() {
    this.close();
    this.say({ kind: "lost" });
    this.followers.clear();
  }

  /** @param {object} news */
  say(news) {
    for (const port of this.followers) port.postMessage(news);
  }
}
