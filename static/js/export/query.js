// @ts-check
// What a button of the dialog asks for, given where one looks.

import { currentFrame, isDeep } from "../state/selectors.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {{decimal: "point" | "comma", background: "white" | "transparent"}} Choices
 */

const PICTURES = new Set(["gif", "png", "webp", "svg"]);
const NETWORKS = new Set(["keras", "onnx", "torch", "safetensors"]);
/** A picture of one step, or a chart: a film keeps its paper. */
const WITHOUT_PAPER = new Set(["png", "svg"]);
const JUDGED = new Set(["html", "csv"]);

/** @type {Choices} */
const USUAL = { decimal: "point", background: "white" };

/**
 * The query for `/export`: the layer, the scale and the step on the
 * stage go with it where they mean something.
 * @param {string} asked  as the button has it: `format=png&still=1`
 * @param {State} state
 * @param {number | null} [network]  the step that a network is had of
 * @param {Choices} [choices]  what holds for several files
 */
export function queryOf(asked, state, network = null, { decimal, background } = USUAL) {
  const query = new URLSearchParams(asked);
  const format = query.get("format") ?? "";
  const still = query.has("still");
  query.delete("still");
  if (decimal === "comma" && format === "csv") query.set("decimal", decimal);
  if (background === "transparent" && WITHOUT_PAPER.has(format) && (still || query.has("view")))
    query.set("background", background);
  if (query.has("view")) return query; // a chart is of the whole run
  if (NETWORKS.has(format)) {
    query.set("step", String(network ?? "latest"));
    return query;
  }
  if (still) query.set("step", String(currentFrame(state)?.step ?? "latest"));
  if (PICTURES.has(format) && state.view.scale === "own") query.set("scale", "own");
  if (isDeep(state) && state.view.layer && format !== "npz" && !JUDGED.has(format))
    query.set("layer", state.view.layer);
  return query;
}

/**
 * The step nearest to the one looked at; the later of two.
 * @param {number[]} steps  in order, at least one
 * @param {number} wanted
 */
export const nearestOf = (steps, wanted) =>
  steps.reduce((best, step) => (Math.abs(step - wanted) <= Math.abs(best - wanted) ? step : best));

/** `3.1 MB`. @param {number} bytes */
export function sizeInWords(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `filterscope-dead-leaves-filter-how-it-changed.svg`. @param {string[]} parts @param {string} kind */
export function figureName(parts, kind) {
  const words = ["filterscope", ...parts].join("-").toLowerCase();
  return `${words.replaceAll(/[^a-z0-9]+/g, "-")}.${kind}`;
}
