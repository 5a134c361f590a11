// @ts-check
// One sweep, asked for once a second while it is looked at and anything may still change.

import { messageOf } from "../../control/asking.js";
import { ApiError } from "../../net/api.js";
import { sweeps } from "../../net/sweeps.js";
import { isOpen, merged } from "../../map/model.js";

const EVERY_MILLISECONDS = 1000;
const AFTER_TROUBLE_MILLISECONDS = 4000;

/** @typedef {import("../../net/sweeps.js").Told} Told */

export class Following {
  /** @type {Told | null} */
  sweep = null;
  /** Why the newest isn't known. */
  trouble = "";
  #id = "";
  #timer = 0;

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /** Another one, or none. @param {string} id */
  follow(id) {
    if (id === this.#id) return;
    clearTimeout(this.#timer);
    this.#id = id;
    this.trouble = "";
    if (this.sweep?.id !== id) this.sweep = null;
    if (id) this.#ask(id);
  }

  /** Takes what a request for a change answered. @param {Told} told */
  take(told) {
    if (told.id !== this.sweep?.id) return;
    this.sweep = merged(this.sweep, told);
    this.changed();
    clearTimeout(this.#timer);
    this.#later(EVERY_MILLISECONDS);
  }

  /** @param {string} id */
  async #ask(id) {
    try {
      const told = await sweeps.one(id, this.sweep?.revision);
      if (id !== this.#id) return;
      const isNew = told.revision !== this.sweep?.revision || this.trouble !== "";
      this.sweep = merged(this.sweep, told);
      this.trouble = "";
      if (isNew) this.changed();
      if (isOpen(told)) this.#later(EVERY_MILLISECONDS);
    } catch (problem) {
      if (id !== this.#id) return;
      this.trouble = messageOf(problem);
      this.changed();
      const isGone = problem instanceof ApiError && problem.status === 404;
      if (!isGone) this.#later(AFTER_TROUBLE_MILLISECONDS);
    }
  }

  /** @param {number} milliseconds */
  #later(milliseconds) {
    const id = this.#id;
    this.#timer = window.setTimeout(() => {
      if (document.hidden) this.#later(milliseconds);
      else this.#ask(id);
    }, milliseconds);
  }
}
