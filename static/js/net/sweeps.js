// @ts-check
// What the server knows of sweeps.

import { ask } from "./api.js";
import { ROOT } from "./root.js";

/**
 * @typedef {import("../map/model.js").Sweep & {preset: string | null, revision: string, whole: boolean,
 *   keep: "films" | "ends", base: {layers?: object[]}}} Told
 * @typedef {object} Head  A sweep without its cells.
 * @property {string} id
 * @property {string} name
 * @property {string} status
 * @property {number} runs
 * @property {number} cell_count
 * @property {number[]} seeds
 * @property {Record<string, number>} counts
 * @property {string} created_at
 *
 * @typedef {object} Preview  What a sweep would be.
 * @property {string} name
 * @property {import("../map/model.js").Axis[]} axes
 * @property {number} cell_count
 * @property {number[]} seeds
 * @property {number} runs
 * @property {number} seconds  to train all of it on this machine
 * @property {number} size_bytes
 * @property {number} free_bytes
 * @property {boolean} has_room
 * @property {import("../map/model.js").Impossible[]} impossible
 *
 * @typedef {{seed: number, step: number | null, edges: number | null, score: number | null,
 *   accuracy: number | null}} SeedThen
 * @typedef {{at: number[], seed: number | null, step: number | null,
 *   kernels: import("../types.js").TypedArraySpec | null, seeds: SeedThen[]}} StripCell
 * @typedef {{cells: StripCell[]}} Strips
 *
 * @typedef {{base: object | string, axes: {field: string, values: unknown[]}[], seeds: number[],
 *   keep: "films" | "ends", name?: string}} Asked
 */

/** @param {string} id */
const pathOf = (id) => `/sweeps/${encodeURIComponent(id)}`;

/** A file of the map, as an address. @param {string} id @param {"csv" | "npz"} kind */
export const mapFile = (id, kind) => `${ROOT}api${pathOf(id)}/map.${kind}`;

export const sweeps = {
  /** @returns {Promise<{sweeps: Head[]}>} */
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
  /** @param {string} id @param {{status?: "paused" | "running" | "stopped", name?: string}} change
   * @returns {Promise<Told>} */
  change: (id, change) => ask("PATCH", pathOf(id), change),
  /** With all its runs. @param {string} id @returns {Promise<null>} */
  remove: (id) => ask("DELETE", pathOf(id)),
};
