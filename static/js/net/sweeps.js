// @ts-check
// What the server knows of sweeps.

import { ask } from "./api.js";
import { ROOT } from "./root.js";

/**
 * @typedef {import("./answers.js").Sweep} Told
 * @typedef {import("./answers.js").SweepHead} Head
 * @typedef {import("./answers.js").SweepPreview} Preview
 * @typedef {import("./answers.js").SweepStrips} Strips
 * @typedef {import("./answers.js").AskedSweep} Asked
 */

/** @param {string} id */
const pathOf = (id) => `/sweeps/${encodeURIComponent(id)}`;

/** A file of the map, as an address. @param {string} id @param {"csv" | "npz"} kind */
export const mapFile = (id, kind) => `${ROOT}api${pathOf(id)}/map.${kind}`;

export const sweeps = {
  /** @returns {Promise<import("./answers.js").SweepList>} */
  list: () => ask("GET", "/sweeps"),
  /** @param {string} id @param {string} [since]  a revision @returns {Promise<Told>} */
  one: (id, since) => ask("GET", `${pathOf(id)}${since ? `?since=${encodeURIComponent(since)}` : ""}`),
  /**
   * A few filters of each cell, and what was said of all, at a moment of the runs.
   * @param {string} id
   * @param {string} moment  `step=200` or `share=0.5`
   * @param {number} filters
   * @param {number} [seed]  whose filters
   * @returns {Promise<Strips>}
   */
  strips: (id, moment, filters, seed) =>
    ask(
      "GET",
      `${pathOf(id)}/strips?${moment}&filters=${filters}${seed === undefined ? "" : `&seed=${seed}`}`,
    ),
  /** @param {Asked} asked @returns {Promise<Preview>} */
  preview: (asked) => ask("POST", "/sweeps/preview", asked),
  /** @param {Asked} asked @returns {Promise<Told>} */
  start: (asked) => ask("POST", "/sweeps", asked),
  /** @param {string} id @param {import("./answers.js").SweepChange} change @returns {Promise<Told>} */
  change: (id, change) => ask("PATCH", pathOf(id), change),
  /** Trains each cell with more seeds. @param {string} id @param {number[]} seeds @returns {Promise<Told>} */
  more: (id, seeds) => ask("POST", `${pathOf(id)}/seeds`, { seeds }),
};
