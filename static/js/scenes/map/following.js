// @ts-check
// One sweep, asked for once a second while it is looked at and anything may still change.

import { ApiError } from "../../net/api.js";
import { sweeps } from "../../net/sweeps.js";
import { merged } from "../../map/model.js";

const EVERY_MILLISECONDS = 1000;
const AFTER_TROUBLE_MILLISECONDS = 4000;

/** @typedef {import("../../net/sweeps.js").Told} Told */

export class Following {
  /** @type {Told | null} */
  sweep = null;
  #id = "";
  #timer = 0;

  /** @param {() => void} changed @param {(problem: Error) => void} failed */
  constructor(changed, failed) {
    this.changed = changed;
    this.failed = failed;
  }

  /** Another one, or none. @param {string} id */
  follow(id) {
    if (id === this.#id) return;
    clearTimeout(this.#timer);
    this.#id = id;
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
      const isNew = told.revision !== this.sweep?.revision;
      this.sweep = merged(this.sweep, told);
      if (isNew) this.changed();
      if (isOpen(told)) this.#later(EVERY_MILLISECONDS);
    } catch (problem) {
      if (id !== this.#id) return;
      this.failed(/** @type {Error} */ (problem));
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

/** Whether anything may still change by itself. @param {Told} sweep */
const isOpen = ({ status }) => status !== "stopped" && status !== "finished";
