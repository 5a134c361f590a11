// @ts-check
// The builder's words: what a block is, what can't be, how long it takes.

import { capital, grouped, inWords, percent, shortTime } from "../../words/numbers.js";
import { startName } from "../../words/starts.js";
import { datasetKind, layerKind, valueOf } from "./kinds.js";

/**
 * @typedef {import("./draft.js").Part} Part
 * @typedef {import("./draft.js").Recipe} Recipe
 * @typedef {import("../../net/answers.js").PlanProblem} Problem
 * @typedef {import("../../net/answers.js").PlannedLayer} Planned
 */

/** What matters of a layer, in few words. @type {Record<string, (value: unknown) => string>} */
const SUMMARIES = {
  filters: (count) => `${count} ${count === 1 ? "filter" : "filters"}`,
  kernel_size: (size) => `${size}×${size}`,
  pool_size: (size) => `${size}×${size}`,
  units: (count) => `${count} ${count === 1 ? "unit" : "units"}`,
  rate: (share) => percent(Number(share)),
  strides: (stride) => `stride ${stride}`,
  depth_multiplier: (count) => `${count} a channel`,
  padding: String,
  trainable: () => "frozen",
};
const ALWAYS = new Set(["filters", "kernel_size", "pool_size", "units", "rate"]);
const QUIET = new Set(["activation", "weight_decay", "momentum", "epsilon", "center", "scale"]);

/** @param {Part} layer */
export function summaryOf(layer) {
  const said = layerKind(layer.type).settings.filter((setting) => {
    const differs = layer[setting.name] !== undefined && layer[setting.name] !== setting.default;
    return ALWAYS.has(setting.name) || (differs && !QUIET.has(setting.name));
  });
  return said
    .map((setting) => {
      const value = valueOf(layer, setting);
      if (value === null || value === undefined) return "";
      if (setting.kind === "start") return startWords(value);
      return SUMMARIES[setting.name]?.(value) ?? `${setting.label.toLowerCase()} ${value}`;
    })
    .filter(Boolean)
    .join(" ")
    .replace(/ (stride|same|frozen|a bank|Sobel|Prewitt|Laplacians|cosines|another|numbers)/g, ", $1");
}

/** @param {unknown} start */
const startWords = (start) => startName(/** @type {import("../../words/starts.js").KernelStart} */ (start));

/** @param {number[] | null} shape */
export const shapeWords = (shape) => (shape ? shape.map((length) => grouped(length)).join("×") : "");

/** @param {Recipe} recipe */
export const pictureWords = ({ dataset, pixels, labels }) =>
  [
    datasetKind(dataset).title,
    pixels === "shuffled" ? "shuffled" : "",
    labels === "random" ? "random labels" : "",
  ]
    .filter(Boolean)
    .join(", ");

/**
 * A block to whoever hears it.
 * @param {string} title
 * @param {string} summary
 * @param {string} shape  what comes out, or that it can't be
 * @param {string} numbers
 */
export function spokenBlock(title, summary, shape, numbers) {
  const makes = /\d/.test(shape) ? `makes ${shape.replaceAll("×", " by ")}` : shape;
  const learned = numbers && `${numbers} numbers`;
  return [`${title} ${summary}`.trim(), makes, learned].filter(Boolean).join("; ");
}

/** `Layer 1: conv`. @param {Recipe} recipe @param {number} index */
export const titleOf = ({ layers }, index) =>
  index < 0 ? "The pictures" : `Layer ${index + 1}: ${layerKind(layers[index].type).title.toLowerCase()}`;

/** @param {import("./draft.js").Draft} draft */
export function fromWords({ base, recipe, past }) {
  if (JSON.stringify(recipe) === JSON.stringify(base.recipe)) return `As ${base.title}.`;
  const changes = past.length === 1 ? "one change" : `${inWords(past.length)} changes`;
  return `From ${base.title}, with ${changes}.`;
}

/**
 * Why a window doesn't fit; null where something else is wrong.
 * @param {Recipe} recipe
 * @param {Problem} problem
 * @param {Planned[]} planned
 */
export function misfitWords({ layers, dataset }, { layer, field, limit }, planned) {
  const setting = field?.split(".")[2];
  if (layer === null || limit === null || !/^(kernel|pool)_size$/.test(setting ?? "")) return null;
  const size = layers[layer]?.[setting ?? ""];
  const arriving = layer > 0 ? planned[layer - 1]?.output_shape : datasetKind(dataset).shape;
  if (typeof size !== "number" || !arriving || arriving.length !== 3 || size <= limit) return null;
  const pools = layers.slice(0, layer).filter(({ type }) => /pool2d$/.test(type)).length;
  const after = pools ? ` after ${pools === 1 ? "the pool" : `${inWords(pools)} pools`}` : "";
  const [rows, columns] = arriving;
  return { lead: `${size}×${size} doesn’t fit.`, rest: `Only ${rows}×${columns} arrives here${after}.` };
}

/** @param {number} left  problems */
export const trainWords = (left) =>
  left === 0 ? "Train it" : `Train it: ${left === 1 ? "one thing" : `${inWords(left)} things`} to mend first`;

/** @param {number | null} seconds */
export const timeWords = (seconds) => (seconds === null ? "–" : `about ${shortTime(seconds)}`);

/** @param {Planned[]} planned */
export function answersWords(planned) {
  const shape = planned.find(({ type }) => type === "conv2d")?.output_shape;
  return shape ? `${shape[0]} × ${shape[1]}` : "–";
}

/**
 * What the filters before the first step are.
 * @param {number} count  none where they can't be
 * @param {Recipe} recipe
 */
export function firstWords(count, { layers }) {
  if (!count) return "Nothing to draw while this can’t be.";
  const start = layers.find(({ type }) => type === "conv2d")?.kernel_initializer ?? "";
  const filters = count === 1 ? "The filter" : `The ${count} filters`;
  if (typeof start === "string")
    return `${filters} as the seed draws them. Size and seed change them at once.`;
  return `${filters} as ${count === 1 ? "it begins" : "they begin"}: ${startWords(start)}.`;
}

/** What the notice says after a change that can be taken back. @param {string} what @param {string} title */
export const noticeWords = (what, title) => capital(`${title} ${what.toLowerCase()}.`);
