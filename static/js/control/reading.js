// @ts-check
// What pasted code means, and what it would begin with: asked of the server, the last question alone.

import { api } from "../net/api.js";

/**
 * @typedef {import("../net/answers.js").CodeRead} CodeRead
 * @typedef {{read: CodeRead, preview: import("../net/answers.js").Preview}} Meant
 * @typedef {object} Listener  Who hears what came of the newest question.
 * @property {(meant: Meant) => void} onRead
 * @property {(why: string) => void} onRefused
 */

export class Reading {
  #asked = "";
  /** @type {Promise<Meant | null>} */
  #answer = Promise.resolve(null);

  /** @param {Listener} listener */
  constructor(listener) {
    this.listener = listener;
  }

  /** What the code means; null where it can't be read. @param {string} code */
  of(code) {
    if (code !== this.#asked) {
      this.#asked = code;
      this.#answer = this.#ask(code);
    }
    return this.#answer;
  }

  /** @param {string} code @returns {Promise<Meant | null>} */
  async #ask(code) {
    try {
      const read = await api.readCode(code);
      const meant = { read, preview: await api.preview(read.recipe) };
      if (code === this.#asked) this.listener.onRead(meant);
      return meant;
    } catch (error) {
      if (code === this.#asked) this.listener.onRefused(/** @type {Error} */ (error).message);
      return null;
    }
  }
}
