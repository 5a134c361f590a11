// @ts-check
// The table of runs in words: its headline, what became of a run, what some of them differ in.

import { grouped, percent } from "../../words/numbers.js";

/** @typedef {import("../../types.js").Run} Run */
/** @typedef {NonNullable<Run["differences"]>[number]} Difference */

export const MANY_EDGES = 0.85;
const MOST_NAMED = 4;

/**
 * @param {number | null} count  of all that were asked for
 * @param {number | null} many  of those in which most filters are edges or lines; null while nobody knows
 * @param {boolean} isChosen  whether some may be left out
 * @param {number | null} [only]  of one run alone: which share of its filters is, where that is known
 */
export function headlineOf(count, many, isChosen, only = null) {
  if (count === null) return "Your runs";
  if (!count) return isChosen ? "No run fits." : "No runs yet.";
  const runs = `${grouped(count)} ${count === 1 ? "run" : "runs"}${isChosen ? " found" : ""}`;
  if (count === 1) return only === null ? `${runs}.` : `${runs}; ${percent(only)} of its filters see edges.`;
  if (many === null) return `${runs}.`;
  const share = `at least ${percent(MANY_EDGES)} of the filters see edges.`;
  return many ? `${runs}; in ${someOf(many, count)} ${share}` : `${runs}; in ${noneOf(count)} do ${share}`;
}

/** @param {number} count */
const noneOf = (count) => (count === 2 ? "neither of them" : "none of them");

/** @param {number} many @param {number} count */
function someOf(many, count) {
  if (many === count) return count === 2 ? "both of them" : "all of them";
  return many === 1 ? "one of them" : `${grouped(many)} of them`;
}

/** Who trained it. @param {Run} run */
export function sourceOf({ source, described }) {
  if (source === "own") return "trained here";
  if (source === "cluster") return "cluster";
  const framework = (described.framework ?? "").split(" ")[0];
  return source === "opened" ? `${framework} file`.trim() : framework || "a program";
}

/** What became of one that isn't finished. @param {Run} run */
export function stateOf({ status, step, total_steps, error }) {
  if (status === "failed") return error?.code === "diverged" ? "diverged" : (error?.message ?? "failed");
  if (status === "queued") return "waits";
  const part = total_steps ? ` ${percent(step / total_steps)}` : "";
  return status === "running" ? `training${part}` : status === "finished" ? "" : `${status}${part}`;
}

/** Share of right answers, on new pictures where somebody looked. @param {Run} run */
export const rightOf = ({ metrics }) => metrics.validation_accuracy ?? metrics.accuracy;

/** `2 min ago`, `yesterday`; longer ago the day. @param {number} then @param {number} now  in ms */
export function agoOf(then, now) {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  const dayBefore = new Date(now);
  dayBefore.setDate(dayBefore.getDate() - 1);
  if (new Date(then).toDateString() === dayBefore.toDateString()) return "yesterday";
  return new Date(then).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

/** `lr 0.02 or as the preset`, by each field that isn't the same in all. @param {Run[]} runs */
function differing(runs) {
  const fields = new Set(runs.flatMap((run) => run.differences?.map(({ field }) => field) ?? []));
  return [...fields].flatMap((field) => {
    const said = runs.map((run) => run.differences?.find((one) => one.field === field)?.words ?? "");
    const words = [...new Set(said)];
    return words.length > 1 ? [words.map((word) => word || "as the preset")] : [];
  });
}

/** What the chosen ones differ in, in a sentence. @param {Run[]} runs */
export function differenceWords(runs) {
  if (runs.length < 2) return "";
  if (runs.some(({ differences, recipe }) => !differences && !recipe))
    return "Of some of them nobody knows how they were trained.";
  if (runs.some(({ differences }) => !differences))
    return "Some of them are of no experiment; what differs is said of two as twins.";
  const presets = new Set(runs.map(({ preset }) => preset));
  if (presets.size > 1) return `They are of ${presets.size} experiments.`;
  const found = differing(runs);
  if (!found.length) return "Their recipes are the same.";
  if (found.length > 1) {
    const named = found.slice(0, MOST_NAMED).map((words) => words.find((word) => word !== "as the preset"));
    const more = found.length > MOST_NAMED ? ` and ${found.length - MOST_NAMED} more` : "";
    return `They differ in ${found.length} things: ${named.join(", ")}${more}.`;
  }
  const words = found[0].slice(0, MOST_NAMED);
  const more = found[0].length > MOST_NAMED ? " …" : "";
  return `They differ in one thing: ${words.join(" or ")}${more}.`;
}
