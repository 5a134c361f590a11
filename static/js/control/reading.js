// @ts-check
// What pasted code means: asked of the server, the last question alone.

import { api } from "../net/api.js";

/**
 * @typedef {import("../net/answers.js").CodeRead} CodeRead
 * @typedef {import("../net/answers.js").PreviewLayer} PreviewLayer
 * @typedef {object} Listener  Who hears what came of the newest question.
 * @property {(read: CodeRead, plans: PreviewLayer[]) => void} onRead
 * @property {(why: string) => void} onRefused
 */

export class Reading {
  #asked = "";
  /** @type {Promise<CodeRead | null>} */
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

  /** @param {string} code @returns {Promise<CodeRead | null>} */
  async #ask(code) {
    try {
      const read = await api.readCode(code);
      const plans = (await api.preview(read.recipe)).layers;
      if (code === this.#asked) this.listener.onRead(read, plans);
      return read;
    } catch (error) {
      if (code === this.#asked) this.listener.onRefused(/** @type {Error} */ (error).message);
      return null;
    }
  }
}
