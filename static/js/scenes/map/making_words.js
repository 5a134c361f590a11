// @ts-check
// What is said of a sweep before it begins.

import { counted } from "../../map/words.js";
import { grouped, shortTime } from "../../words/numbers.js";

/** @typedef {import("../../net/sweeps.js").Preview} Preview */

const MOST_NAMED = 4;

/** @param {number} bytes */
export const sizeWords = (bytes) =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;

/** @param {Preview} preview */
export function countWords({ runs, cell_count, seeds }) {
  const each = counted(seeds.length, "seed");
  return `${counted(runs, "run")}: ${counted(cell_count, "cell")} with ${each} each.`;
}

/** @param {Preview} preview */
export function costWords({ seconds, cluster_threads, size_bytes, free_bytes, has_room }) {
  const room = has_room ? `of ${sizeWords(free_bytes)} free` : `but only ${sizeWords(free_bytes)} are free`;
  const where = whereWords(cluster_threads);
  return `About ${shortTime(seconds)} on ${where}, ${sizeWords(size_bytes)} on disk, ${room}.`;
}

/** @param {number | null} threads  of the cluster; null where this machine trains */
function whereWords(threads) {
  if (threads === null) return "this machine";
  if (!threads) return "one thread of the cluster, which has none now";
  return `the cluster’s ${counted(threads, "thread")}`;
}

/** The cells that can't be, by name. @param {Preview} preview @returns {string[]} */
export function impossibleWords({ impossible, axes }) {
  const named = impossible.slice(0, MOST_NAMED).map(({ at, message }) => {
    const place = axes.map(({ words }, axis) => words[at[axis]]).join(", ");
    return `${place}: ${message}`;
  });
  const more = impossible.length - named.length;
  return more > 0 ? [...named, `And ${grouped(more)} more.`] : named;
}

/** @param {Preview | null} preview */
export const startWords = (preview) => (preview ? `Train ${counted(preview.runs, "run")}` : "Train them");

/** How a sweep stands, in a list. @param {import("../../net/sweeps.js").Head} sweep */
export function headWords({ status, runs, counts, cell_count, seeds }) {
  const done = (counts.finished ?? 0) + (counts.failed ?? 0) + (counts.stopped ?? 0);
  const told = `${counted(cell_count, "cell")}, ${counted(seeds.length, "seed")}`;
  return `${told} · ${done < runs ? `${grouped(done)} of ${grouped(runs)} runs, ${status}` : status}`;
}
