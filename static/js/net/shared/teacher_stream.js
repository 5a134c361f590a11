// @ts-check
// Where the teacher looks, heard once and handed to every tab that follows.

import { TeacherEvents } from "./teacher_events.js";

/** @typedef {import("./teacher_events.js").Told} Told */

export class TeacherStream {
  constructor() {
    /** @type {Set<MessagePort>} */
    this.followers = new Set();
    /** What holds now, for who comes later. @type {Told | null} */
    this.newest = null;
    /** @type {TeacherEvents | null} */
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
    this.source = new TeacherEvents((news) => {
      if (news.kind === "lost") return this.lose();
      this.newest = news;
      this.say(news);
    });
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
