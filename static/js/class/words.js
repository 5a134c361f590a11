// @ts-check
// What the light page says: what is seen, what the teacher does, how the line is.

import { EDGES_OR_LINES, LIVE_STATUSES, ORIENTED_LABELS } from "../contract.js";

/**
 * @typedef {import("../net/answers.js").Place} Place
 * @typedef {{id: string, name: string, status: string, step: number, total_steps: number | null,
 *   unit: string, layers: string[]}} ShownRun
 * @typedef {{step: number, layer: string, kind: string | null, filters: number, broken?: boolean,
 *   kernel: import("../types.js").TypedArraySpec, label?: string[],
 *   orientation_degrees?: number[]}} ShownFilters
 * @typedef {object} Shown
 * @property {Place | null} place  where the teacher looks; null while nobody leads
 * @property {ShownRun | null} run
 * @property {ShownFilters | null} snapshot
 * @typedef {"open" | "held" | "lost"} Line
 */

/** @type {Record<string, string>} */
const VIEWS = {
  microscope: "what a filter finds in a picture",
  workshop: "filters made by hand",
  draw: "what the network answers to a drawing",
  twins: "two trainings side by side",
  weights: "how the first weights are drawn",
  code: "the code of this network",
  build: "how the network is built",
  own: "pictures of one’s own",
  data: "the pictures that it learns",
  mistakes: "the pictures it names wrongly",
};
/** Of these the light page shows all there is. */
const SHOWN_HERE = new Set(["live", "present", "filter"]);

/** @param {Shown} shown */
export function headline({ place, run, snapshot }) {
  if (!run) return place?.run ? "This experiment was deleted." : "Nothing is shown yet.";
  if (!snapshot) return "Getting the pictures ready…";
  const { filters, layer, label } = snapshot;
  if (snapshot.broken) return "Some weights are no numbers any more.";
  if (!label) return filters === 1 ? `One filter of ${layer}.` : `${filters} filters of ${layer}.`;
  const count = label.filter((one) => ORIENTED_LABELS.has(one)).length;
  return `${count} of ${label.length} filters ${count === 1 ? "sees" : "see"} ${EDGES_OR_LINES}.`;
}

/** Of which run, and how far it was. @param {Shown} shown */
export function under({ run, snapshot }) {
  if (!run) return "";
  if (!snapshot) return run.name;
  const total = run.total_steps ? ` of ${run.total_steps.toLocaleString("en")}` : "";
  const step = `${run.unit} ${snapshot.step.toLocaleString("en")}${total}`;
  return `${run.name}, ${step}${LIVE_STATUSES.has(run.status) ? `, ${run.status}` : ""}`;
}

/** @param {Shown} shown @param {boolean} wasLed  whether somebody led before */
export function doing({ place, run, snapshot }, wasLed) {
  if (!place)
    return wasLed
      ? "The teacher has stopped leading. What was shown last stays here."
      : "Nobody leads yet. As soon as the teacher does, this page shows the same by itself.";
  if (!place.run) return "The teacher has no experiment open.";
  const view = place.view ?? "live";
  if (!SHOWN_HERE.has(view))
    return `The teacher shows ${VIEWS[view] ?? "another view"}; here are its filters.`;
  const name = nameOf(place.filter, snapshot);
  if (name) return `The teacher ${view === "filter" ? "looks closely at" : "points at"} ${name}.`;
  if (place.step !== null && place.step !== undefined)
    return `The teacher looks at ${run?.unit ?? "step"} ${place.step.toLocaleString("en")}.`;
  return run && LIVE_STATUSES.has(run.status)
    ? "The teacher shows all filters while they learn."
    : "The teacher shows all filters as they ended.";
}

/**
 * `filter 5, edge at 87°`; empty where none is chosen.
 * @param {number | null | undefined} filter
 * @param {ShownFilters | null} snapshot
 */
export function nameOf(filter, snapshot) {
  if (filter === null || filter === undefined) return "";
  const label = snapshot?.label?.[filter];
  const degrees = Math.round(snapshot?.orientation_degrees?.[filter] ?? 0) % 180;
  const runs = label && ORIENTED_LABELS.has(label) ? ` at ${degrees}°` : "";
  return `filter ${filter + 1}${label ? `, ${label}${runs}` : ""}`;
}

/** For who doesn't see the tiles. @param {ShownFilters} snapshot @param {number} told  filters that came */
export function spoken({ filters, layer, label }, told) {
  const few = told < filters ? `the first ${told} of ` : "";
  const counts = new Map();
  for (const one of label ?? []) counts.set(one, (counts.get(one) ?? 0) + 1);
  const kinds = [...counts].map(([one, count]) => `${count} ${one}`).join(", ");
  return `${few}${filters} filters of ${layer}${kinds ? `: ${kinds}` : ""}`;
}

/** @param {Line} line @param {boolean} wasLost */
export function lineWords(line, wasLost) {
  if (line === "lost") return "The connection is lost; trying again. What was shown last stays here.";
  if (line === "held")
    return "Something between here and the server holds the news back, so it is asked for every two seconds.";
  return wasLost ? "Connected again." : "";
}
