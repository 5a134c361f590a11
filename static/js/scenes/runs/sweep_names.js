// @ts-check
// What sweeps are called: for the choice of one, and for the chip on each of its runs.

import { sweeps } from "../../net/sweeps.js";
import { byId, make } from "../../views/elements.js";

const NAMELESS = "a sweep"; // one of long ago, which the list doesn't tell

export class SweepNames {
  /** @type {Map<string, string>} */
  #names = new Map();
  #chosen = "";

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /** @param {string} id */
  of(id) {
    return this.#names.get(id) ?? NAMELESS;
  }

  /** Asks again, for others may have begun some. */
  async load() {
    const told = await sweeps.list().catch(() => null);
    if (!told) return;
    this.#names = new Map(told.sweeps.map(({ id, name }) => [id, name]));
    this.show(this.#chosen);
    this.changed();
  }

  /** Fills the choice. @param {string} chosen  an id, or nothing */
  show(chosen) {
    this.#chosen = chosen;
    const select = byId("runs-sweep");
    const ids = new Set([...this.#names.keys(), ...(chosen ? [chosen] : [])]);
    const options = [...ids].map((id) => make("option", { value: id }, this.of(id)));
    select.replaceChildren(make("option", { value: "" }, "All sweeps"), ...options);
    select.value = chosen;
    select.hidden = ids.size === 0;
    byId("runs-map").hidden = chosen === "";
  }
}
