// @ts-check
// What one filter is, in a sentence or two.

import { filterOf } from "../../kernels/slices.js";
import { fixed } from "../../words/numbers.js";
import { stepNamed } from "../../words/steps.js";
import { lineOn, sides } from "./sides.js";

/** @typedef {import("./subject.js").Subject} Subject */

/** @type {Record<string, string>} */
const DOES = {
  edge: "detects an edge.",
  line: "detects a line.",
  blob: "detects a spot.",
  flat: "averages an area.",
  structured: "fits none of the names.",
  dead: "is dead.",
};

/** @type {Record<string, string>} */
const CALLED = { edge: "an edge", line: "a line", blob: "a blob" };

/** @type {Record<string, string>} */
const BECAUSE = {
  structured:
    "An ideal shape explains more of it than of random filters, but it has no single direction, as an " +
    "edge or line would have.",
  noise: "No ideal shape explains more of it than of 99 in 100 random filters.",
  dead: "Its weights are almost zero compared with the other filters, or with frame 0.",
};

/** @type {Record<string, [string, string]>} */
const COLOURS = {
  achromatic: ["Light and dark", "all colours pull together"],
  opponent: ["Opposites", "blind to plain brightness"],
  mixed: ["Mixed", "brightness and colour"],
};

/** @param {Subject} subject */
export function titleOf({ frame, filter, deep, title }) {
  const name = `Filter ${filter + 1}`;
  if (deep) return `${name} of ${title}.`;
  const label = frame.verdicts?.label[filter];
  if (!label) return `${name}.`;
  return `${name} ${DOES[label] ?? (frame.step ? "is still noise." : "is random noise.")}`;
}

/**
 * What one sees on it. Which side of a line is bright is known from the ideal that it was compared with.
 * @param {Subject} subject
 * @param {any} answer  the last one on any filter, or null
 */
export function looksOf({ frame, filter, deep, isMute }, answer) {
  if (isMute && !frame.verdicts) return "What it is can’t be said: its raw weights prove nothing.";
  if (deep)
    return "The pieces of pictures that excite it most say what it does; its raw weights prove nothing.";
  const label = frame.verdicts?.label[filter];
  if (label === "noise")
    return frame.step
      ? "So far, nothing in it is clearer than in random filters."
      : "Its weights were drawn at random; nothing has been learnt yet.";
  if (label === "dead") return "It no longer reacts to anything.";
  if (label !== "edge" && label !== "line") return "It keeps to no direction.";
  const degrees = frame.verdicts?.orientation_degrees[filter] ?? 0;
  const own = filterOf(frame.kernel, filter);
  const ideal = answer?.layer === frame.layer && answer.index === filter ? answer.story.template : null;
  const line = ideal?.family === "line" ? lineOn(own, ideal.pixels.values) : "A line";
  const seen = label === "line" ? line : sides(own, degrees);
  return `${seen}, running at ${Math.round(degrees) % 180}°.`;
}

/** @param {string | undefined} label */
export const whyTitle = (label) => `Why we call it ${label ? (CALLED[label] ?? label) : "that"}`;

/**
 * @param {string} label
 * @param {number} coherence
 * @param {number[] | null | undefined} shares  explained by edge, line, blob, flat
 * @param {number | undefined} gate  the coherence that an edge or a line needs
 */
export function because(label, coherence, shares, gate) {
  if (BECAUSE[label]) return BECAUSE[label];
  const [edge, line, ...others] = shares ?? [0, 0, 0];
  const outdone = (label === "blob" || label === "flat") && Math.max(edge, line) > Math.max(...others);
  if (outdone && gate !== undefined && coherence <= gate) {
    return (
      "An edge or line explains more of it, but needs one direction: it keeps to one by " +
      `${fixed(coherence)}, and random filters reach ${fixed(gate)}.`
    );
  }
  return "We compare it with ideal edges, lines and blobs, and with 3,000 random filters.";
}

/** @param {Subject} subject @returns {[string, string]} */
export function coloursOf({ frame, filter }) {
  if (frame.kernel.shape[2] !== 3) return ["One", "these pictures are gray"];
  return COLOURS[frame.verdicts?.colour?.[filter] ?? ""] ?? ["–", "told only of shapes with a name"];
}

/** @param {Subject} subject @param {import("../../types.js").Run | null} run */
export function sinceOf({ frame, frames, filter }, run) {
  const label = frame.verdicts?.label[filter];
  const since = frame.verdicts?.since?.[filter];
  if (!label || since === undefined || frames.length < 2) return "";
  return `${CALLED[label] ?? label} since ${stepNamed(run, since)}`;
}
