// @ts-check
// Those that are laid over one another: found by the ids in the address.

import { api } from "../../net/api.js";
import { LaidOver } from "./laid_over.js";

/** @typedef {import("../../types.js").Run} Run */

const MOST = 100;

export class Side {
  #wanted = "";

  /** @param {(run: Run) => void} open */
  constructor(open) {
    this.laidOver = new LaidOver(open);
  }

  /** @param {string[]} ids @param {Run[]} known */
  async show(ids, known) {
    const wanted = (this.#wanted = ids.join());
    const few = [...new Set(ids)].slice(0, MOST);
    const found = [];
    for (const id of few) {
      const run = known.find((one) => one.id === id) ?? (await api.run(id).catch(() => null));
      if (wanted !== this.#wanted) return;
      if (run) found.push(run);
    }
    this.laidOver.show(found);
  }
}
