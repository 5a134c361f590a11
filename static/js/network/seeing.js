// @ts-check
// Asks what all layers make of a picture at a step: one small answer, kept in case one comes back.

import { api } from "../net/api.js";
import { askAtRest } from "../net/asking.js";
import { decodeArray, decodeShape } from "../net/typed_array.js";

/**
 * @typedef {import("../words/network.js").Link} Link
 * @typedef {import("../words/network.js").Plan} Plan
 * @typedef {{run: string, step: number, index: number, live: boolean, moving: boolean}} Wanted
 * @typedef {{bytes: Uint8Array, shape: number[]}} Maps  rows, columns, maps; or units
 * @typedef {Plan & {maps: Maps | null, count: number, limit: number, signed: boolean,
 *   links: {to: string, outward: Link[][], inward: Link[][]} | null}} SeenLayer
 * @typedef {object} Seen
 * @property {string} key  of what it answers
 * @property {number} step
 * @property {number} index
 * @property {number | null} label
 * @property {Uint8Array} image
 * @property {import("../pictures/drawing.js").Shape} shape
 * @property {SeenLayer[]} layers
 * @property {string[]} names
 * @property {number[] | null} probabilities
 * @property {string | null} reason
 */

const MOST_KEPT = 48;

/** @param {{run: string, step: number, index: number}} wanted */
export const seenKey = ({ run, step, index }) => `${run}/${step}/${index}`;

export class Seeing {
  /** The newest last. @type {Map<string, Seen>} */
  #kept = new Map();

  /** @param {(seen: Seen) => void} hear @param {(error: Error) => void} fail */
  constructor(hear, fail) {
    this.hear = hear;
    this.ask = askAtRest(
      {
        about: ({ run, index }) => `${run}/${index}`,
        ask: async (/** @type {Wanted} */ wanted) => this.#read(wanted),
      },
      hear,
      fail,
    );
  }

  /** @param {Wanted} wanted */
  want(wanted) {
    const kept = this.#kept.get(seenKey(wanted));
    if (kept) this.hear(kept);
    this.ask(wanted);
  }

  /** @param {Wanted} wanted */
  async #read(wanted) {
    const key = seenKey(wanted);
    const seen = this.#kept.get(key) ?? read(key, await api.network(wanted.run, wanted.step, wanted.index));
    this.#kept.set(key, seen);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value ?? "");
    return seen;
  }
}

/** @param {string} key @param {import("../net/answers.js").NetworkAnswer} told @returns {Seen} */
function read(key, told) {
  return {
    key,
    step: told.step,
    index: told.index,
    label: told.label,
    image: /** @type {Uint8Array} */ (decodeArray(told.image)),
    shape: /** @type {Seen["shape"]} */ (decodeShape(told.image)),
    names: told.class_names,
    probabilities: told.probabilities,
    reason: told.reason,
    layers: told.layers.map(readLayer),
  };
}

/** @param {import("../net/answers.js").NetworkLayer} told @returns {SeenLayer} */
function readLayer({ maps, links, ...rest }) {
  const shape = maps ? decodeShape(maps) : [];
  return {
    ...rest,
    maps: maps && { bytes: /** @type {Uint8Array} */ (decodeArray(maps)), shape },
    count: shape.at(-1) ?? 0,
    links: links && { to: links.to, outward: readLinks(links.outward), inward: readLinks(links.inward) },
  };
}

/** @param {import("../types.js").TypedArraySpec} told @returns {Link[][]} */
function readLinks(told) {
  const [maps, links] = decodeShape(told);
  const values = decodeArray(told);
  return Array.from({ length: maps }, (_, map) =>
    Array.from({ length: links }, (_, at) => {
      const [index, length, balance] = values.slice((map * links + at) * 3, (map * links + at) * 3 + 3);
      return { index, length, balance };
    }),
  );
}
