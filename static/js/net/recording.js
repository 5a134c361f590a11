// @ts-check
// An `.fscope` file: what a watched training would have sent, and what of it is whole. Draws nothing.

import { PacketBroken, PacketCut, packetsIn } from "./packets.js";

const VERSION = 1;

/** Says why a file can't be opened, as a sentence without its full stop. */
export class NoRecording extends Error {}

/**
 * @typedef {import("./packets.js").Packet} Packet
 * @typedef {object} Batch
 * @property {number} first  the number of its first item, from 1
 * @property {number} attempt  at which start of the program it was told, from 1
 * @property {number} fromStep  where that start went on
 * @property {number} items  how many it holds
 * @property {Blob} body  as it is sent
 * @property {number} end  bytes of the file up to its end
 */

export class Recording {
  /** Why not all of the file counts, once its batches were read. @type {string | null} */
  cut = null;
  #packets;

  /**
   * @param {AsyncGenerator<Packet>} packets
   * @param {string} key
   * @param {Record<string, unknown>} registration
   * @param {number} fromStep  updates that were made before the program began
   * @param {number} began  when the file was begun, seconds since 1970; 0 where it doesn't say
   */
  constructor(packets, key, registration, fromStep, began) {
    this.#packets = packets;
    this.key = key;
    this.registration = registration;
    this.fromStep = fromStep;
    this.began = began;
  }

  /** At which start of the program it was told, as far as that program knew. */
  get attempt() {
    return countIn(this.registration.attempt, 1);
  }

  /** Throws NoRecording where the file is none, or tells nothing. @param {Blob} file */
  static async open(file) {
    if (!file.size) throw new NoRecording("it is empty");
    const packets = packetsIn(file);
    const { header } = await firstOf(packets);
    if (header.fscope !== VERSION) throw new NoRecording("it is of another version of Filterscope");
    const { key, registration } = header;
    if (typeof key !== "string" || !registration || typeof registration !== "object")
      throw new NoRecording("it doesn't say which run it is of");
    const said = /** @type {Record<string, unknown>} */ (registration);
    return new Recording(packets, key, said, countIn(header.from_step, 0), countIn(header.began, 0));
  }

  /**
   * What is whole, in order; `cut` says afterwards why that isn't all.
   * @returns {AsyncGenerator<Batch, void, void>}
   */
  async *batches() {
    try {
      for await (const packet of this.#packets) yield batchOf(packet);
    } catch (problem) {
      if (problem instanceof PacketCut) this.cut = `its last packet ${problem.message}`;
      else if (problem instanceof PacketBroken)
        this.cut = `a packet of it ${problem.message}; what follows is left out`;
      else throw problem;
    }
  }
}

/** @param {AsyncGenerator<Packet>} packets @returns {Promise<Packet>} */
async function firstOf(packets) {
  try {
    return (await packets.next()).value;
  } catch (problem) {
    if (problem instanceof PacketCut) throw new NoRecording("it ends before it tells anything");
    if (problem instanceof PacketBroken)
      throw new NoRecording(`it is no .fscope file: it ${problem.message}`);
    throw problem;
  }
}

/** @param {Packet} packet @returns {Batch} */
function batchOf({ header, body, end }) {
  const { items } = header;
  if (!Array.isArray(items)) throw new NoRecording("it holds a packet without items");
  const [first, attempt] = [wholeOf(header, "first"), wholeOf(header, "attempt")];
  return { first, attempt, fromStep: firstStep(header, items), items: items.length, body, end };
}

/** @param {unknown} value @param {number} otherwise @returns {number} */
const countIn = (value, otherwise) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : otherwise;

/** @param {Record<string, unknown>} header @param {{step?: unknown}[]} items */
function firstStep(header, items) {
  const step = header.from_step ?? items[0]?.step ?? 0;
  const first = Array.isArray(step) ? step[0] : step;
  return Number.isInteger(first) ? /** @type {number} */ (first) : 0;
}

/** @param {Record<string, unknown>} header @param {string} name */
function wholeOf(header, name) {
  const value = header[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1)
    throw new NoRecording(`it holds a packet without ${name}`);
  return value;
}
