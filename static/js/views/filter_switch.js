// @ts-check
// The switch of one filter: on, off, back to noise, or all others off. What it switches is a copy.

import { changeDetails } from "../control/details.js";
import { saidOf, switchOf, switchedIn, switchedTo } from "../state/switched.js";
import { make } from "./elements.js";

/** @typedef {import("../state/switched.js").How | "on"} Setting */

/** @type {[Setting, string][]} */
const SETTINGS = [
  ["on", "On"],
  ["off", "Off"],
  ["noise", "Back to noise"],
  ["only", "Only this one"],
];
/** @type {Record<string, Setting>} */
const KEYS = { o: "off", b: "noise", i: "only" };

export class FilterSwitch {
  /** @type {{layer: string, filter: number} | null} */
  #about = null;

  /** @param {import("../store.js").Store} store @param {HTMLElement} group  a fieldset with a legend */
  constructor(store, group) {
    this.store = store;
    this.group = group;
    group.append(...SETTINGS.map((setting) => makeChoice(group.id, setting)));
    group.onchange = ({ target }) => {
      if (target instanceof HTMLInputElement) this.set(/** @type {Setting} */ (target.value));
    };
  }

  /** How the filter that it is about is switched. */
  get now() {
    const about = this.#about;
    return about ? switchOf(switchedIn(this.store.state), about.layer, about.filter) : "on";
  }

  /** @param {Setting} setting */
  set(setting) {
    if (!this.#about) return;
    const { layer, filter } = this.#about;
    changeDetails(this.store, saidOf(switchedTo(switchedIn(this.store.state), layer, filter, setting)));
  }

  /** @param {string} layer @param {number} filter */
  draw(layer, filter) {
    this.#about = { layer, filter };
    const { now } = this;
    for (const radio of this.group.querySelectorAll("input")) radio.checked = radio.value === now;
  }
}

/**
 * What a key switches, where one looks at a filter: again on what was switched by it.
 * @param {KeyboardEvent} event
 * @param {Setting} now
 * @returns {Setting | null}
 */
export function settingOf(event, now) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const setting = KEYS[event.key.toLowerCase()] ?? null;
  return setting === now ? "on" : setting;
}

/** @param {string} group @param {[Setting, string]} setting */
const makeChoice = (group, [value, words]) =>
  make("label", {}, make("input", { type: "radio", name: group, value }), make("span", {}, words));
