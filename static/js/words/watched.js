// @ts-check
// What is said of a run that somebody's own program trains.

import { shownFrames } from "../state/selectors.js";
import { beginsAtStart, layerNamed, layersOf, quietSeconds, titleOf } from "../state/watched.js";
import { grouped } from "./numbers.js";
import { stepNamed } from "./steps.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Run} Run
 * @typedef {import("../net/answers.js").DescribedLayer} Layer
 * @typedef {import("./notices.js").Under} Under
 */

/** A program that is not heard of for so long may be in trouble; for longer, it is silent. */
const LATE_SECONDS = 30;
const SILENT_SECONDS = 300;

/** `2 s`, `41 s`, `12 min`, `3 h`. @param {number} seconds */
export function howLong(seconds) {
  if (seconds < 100) return `${seconds} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** Whether its program is not heard of as it should be. @param {State} state @param {number} now */
export const isLate = (state, now) =>
  state.run?.status === "running" && (quietSeconds(state, now) ?? 0) > LATE_SECONDS;

/** `last heard 2 s ago`. @param {State} state @param {number} now */
export function heardWords(state, now) {
  const seconds = quietSeconds(state, now);
  if (seconds === null) return "";
  return seconds > SILENT_SECONDS ? `silent for ${howLong(seconds)}` : `last heard ${howLong(seconds)} ago`;
}

/**
 * Whose layer it is that one looks at, and that it lives.
 * @param {State} state
 * @param {number} now
 * @returns {Under}
 */
export function listening(state, now) {
  const heard = heardWords(state, now);
  const what = titleOf(state.run, layerOnStage(state));
  const text = `${what} trains in your program${heard ? `, ${heard}` : ""}.`;
  if (!isLate(state, now))
    return withLeftOut(state, { tone: "", text: `${text} ${startWords(state)}`.trim() });
  return withLeftOut(state, {
    tone: "warn",
    lead: `${heard.charAt(0).toUpperCase()}${heard.slice(1)}.`,
    text: `${what} trains in your program. If that has ended or hangs, nothing more will come.`,
  });
}

/** How it ended, or stands. @param {State} state @param {number} now @returns {Under} */
export function ended(state, now) {
  const step = stepNamed(state.run, state.run?.step ?? 0);
  const what = titleOf(state.run, layerOnStage(state));
  /** @type {Record<string, string>} */
  const ends = {
    finished: `Your program ended after ${step}.`,
    stopped: `Your program was stopped at ${step}.`,
  };
  const end = ends[state.run?.status ?? ""];
  return end
    ? withLeftOut(state, {
        tone: "",
        text: `${what}: ${end.charAt(0).toLowerCase()}${end.slice(1)} ${startWords(state)}`.trim(),
      })
    : listening(state, now);
}

/**
 * Not heard of for so long that it counts as interrupted.
 * @param {State} state
 * @param {number} now
 * @returns {Under}
 */
export function silent(state, now) {
  const seconds = quietSeconds(state, now);
  return {
    tone: "warn",
    lead: `Your program is silent${seconds === null ? "" : `, for ${howLong(seconds)} now`}.`,
    text:
      `Its last step here is ${grouped(state.run?.step ?? 0)}; everything up to there is kept. As soon as ` +
      "it sends again, this goes on by itself.",
  };
}

/** What became of a program that broke. @param {State} state @returns {Under} */
export const broke = (state) => ({
  tone: "danger",
  lead: `Your program broke at ${stepNamed(state.run, state.run?.step ?? 0)}.`,
  text: state.run?.error?.message ?? "It did not say why.",
});

/** @param {State} state @param {Under} told @returns {Under} */
function withLeftOut(state, told) {
  const { leftOut } = state;
  if (!leftOut) return told;
  const [were, them] = leftOut === 1 ? ["snapshot was", "it"] : ["snapshots were", "them"];
  return {
    ...told,
    also: {
      lead: `${grouped(leftOut)} ${were} left out`,
      text: `while the server was away or slow: your program had no room to keep ${them}.`,
    },
  };
}

/** Nothing is claimed of a start that nobody saw. @param {State} state */
function startWords(state) {
  if (state.view.step !== 0 && shownFrames(state).length > 1) return "";
  return beginsAtStart(state.run)
    ? "Step 0 is the network before its first update."
    : "Its first picture here need not be the start of its training.";
}

/** @param {State} state */
const layerOnStage = (state) => state.view.layer ?? state.frames[0]?.layer ?? state.run?.layers[0] ?? "";

/** `3×3 over 64 channels`, `7×7×3`: what one filter is. @param {Layer | undefined} layer */
export function sizeWords(layer) {
  if (!layer?.shape) return "";
  const { kind, shape, groups } = layer;
  if (kind === "dense") return `${grouped(shape[0])} numbers`;
  const window = shape.slice(0, -2).join("×");
  if (kind.startsWith("depthwise")) return `${window}, one for each channel`;
  const channels = shape[shape.length - 2];
  const over = channels === 1 ? "one channel" : `${grouped(channels)} channels`;
  return `${window} over ${over}${groups > 1 ? ` of ${grouped(channels * groups)}` : ""}`;
}

/** How many filters it has. @param {Layer} layer */
export function filtersIn({ kind, shape }) {
  const [last = 0, before = 1] = (shape ?? []).toReversed();
  return kind.startsWith("depthwise") ? last * before : last;
}

/**
 * `64 filters, 3×3 over 64 channels.`: all that can be claimed of filters nobody can judge.
 * @param {State} state
 */
export function plainClaim(state) {
  const layer = layerNamed(state.run, layerOnStage(state));
  if (!layer) return state.run?.name ?? "";
  const count = filtersIn(layer);
  const noun = layer.kind === "dense" ? "unit" : "filter";
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}, ${sizeWords(layer)}.`;
}

/** Why no label is given to the filters of a layer. @param {Layer | undefined} layer */
export function unjudgedWords(layer) {
  const shape = layer?.shape ?? [];
  const kind = layer?.kind ?? "";
  if (kind === "dense") return "units weigh single numbers, and have no window in which an edge could lie.";
  if (shape.length !== 4) return "these windows aren’t flat pictures.";
  const [height, width, channels] = shape;
  if (kind.startsWith("depthwise")) return ""; // each of them looks at one channel
  if (kind.includes("transpose")) return "these filters draw what comes out, and look at no picture.";
  if (height !== width) return "windows that aren’t square are not among those the measure knows.";
  if (height < 3) return `${height}×${width} is too small a window for an edge to lie in.`;
  if (height > 31) return "windows beyond 31×31 are larger than those the measure knows.";
  if ((layer?.groups ?? 1) > 1) return "each group of them sees only some of the channels.";
  return channels > 4
    ? `filters that look at ${grouped(channels)} channels see no pixels, and their raw numbers look like ` +
        "noise, trained or not."
    : "";
}

/** A layer that its program has not sent. @param {State} state @returns {Under} */
export function awaited(state) {
  const title = titleOf(state.run, state.view.layer ?? "");
  if (state.run?.status === "running")
    return {
      tone: "accent",
      lead: "Asked for.",
      text: `${title} comes with the next snapshot that your program takes.`,
    };
  const way = "Choose layers with watch(…, layers=[…]), or look at them while it trains.";
  return { tone: "accent", lead: "Not here.", text: `${title} was never sent. ${way}` };
}

/** A later layer that is here. @param {State} state @param {number} now @returns {Under} */
export function deepLayer(state, now) {
  const since = state.health.get(state.view.layer ?? "")?.since ?? 0;
  const first = since > 0 ? ` It is here since ${stepNamed(state.run, since)}.` : "";
  const told = ended(state, now);
  return told.tone === "warn" ? told : { ...told, text: told.text + first };
}

/** How many layers there are to choose from. @param {State} state */
export const layersWords = ({ run }) => {
  const count = layersOf(run).length;
  return `${grouped(count)} ${count === 1 ? "layer" : "layers"} of filters`;
};
