// @ts-check
// Which settings of a recipe can be swept, and values worth trying around the one it has.

import { LAYER_KINDS, OPTIMIZER_KINDS, RECIPE_SETTINGS } from "../../recipe_catalogue.js";
import { valueIn } from "../../state/chosen.js";

/**
 * @typedef {import("../../recipe_catalogue.js").Setting} Setting
 * @typedef {{type: string, name?: string | null} & Record<string, unknown>} Part  an optimizer or a layer
 * @typedef {{optimizer: Part, layers: Part[]} & Record<string, unknown>} Fields
 * @typedef {import("../../net/answers.js").AskedAxis["values"][number]} Value
 * @typedef {{field: string, title: string, group: string, suggested: Value[]}} Sweepable
 */

/** A map compares runs on the same pictures, each cell with the same seeds. */
const NOT_SWEPT = new Set(["dataset", "seed", "data_seed", "name", "own", "steps", "epochs"]);

/** @param {Fields} recipe @returns {Sweepable[]} */
export function sweepableOf(recipe) {
  const optimizer = OPTIMIZER_KINDS.find(({ type }) => type === recipe.optimizer.type);
  const learning = (optimizer?.settings ?? []).map((setting) =>
    entry(setting, "optimizer", recipe.optimizer, "How it learns"),
  );
  const layers = recipe.layers.flatMap((layer, place) => {
    const kind = LAYER_KINDS.find(({ type }) => type === layer.type);
    const group = `Layer ${place + 1}: ${kind?.title ?? layer.type}`;
    return (kind?.settings ?? []).map((setting) => entry(setting, `layers.${place}`, layer, group));
  });
  const length = recipe.epochs !== undefined && recipe.epochs !== null ? "epochs" : "steps";
  const whole = RECIPE_SETTINGS.filter(({ name }) => !NOT_SWEPT.has(name) || name === length).map((setting) =>
    entry(setting, "", recipe, "The whole training"),
  );
  return [...learning, ...layers, ...whole].filter(({ suggested }) => suggested.length > 1);
}

/** @param {Setting} setting @param {string} path @param {Record<string, unknown>} part
 * @param {string} group */
function entry(setting, path, part, group) {
  const { name, label } = setting;
  const value = part[name] ?? setting.default ?? setting.start;
  const field = path ? `${path}.${name}` : name;
  return { field, title: label, group, suggested: suggestedFor(setting, value) };
}

/** @param {number} value */
const rounded = (value) => Number(value.toPrecision(1));

/** @type {Record<string, (value: number) => number[]>} */
const LADDERS = {
  learning_rate: (value) => [value / 10, value / 3, value, value * 3].map(rounded),
  weight_decay: (value) =>
    value > 0 ? [0, rounded(value / 4), value, rounded(value * 4)] : [0, 0.005, 0.02, 0.05],
  momentum: () => [0, 0.5, 0.9],
};

/** @param {Setting} setting @param {unknown} value  the recipe's own @returns {Value[]} */
export function suggestedFor(setting, value) {
  const { kind, choices, quick, name } = setting;
  if (kind === "switch") return [true, false];
  if (choices) return choices.map(([word]) => word).slice(0, 4);
  if (typeof value !== "number") return quick?.slice(0, 3) ?? [];
  const ladder = LADDERS[name] ?? (() => around(value, quick, kind === "integer"));
  return [...new Set(ladder(value))].filter((one) => isAllowed(setting, one)).sort((a, b) => a - b);
}

/** @param {number} value @param {number[] | undefined} quick @param {boolean} isWhole */
function around(value, quick, isWhole) {
  if (quick) {
    const all = [...new Set([...quick, value])].sort((a, b) => a - b);
    const from = Math.max(0, Math.min(all.length - 3, all.indexOf(value) - 1));
    return all.slice(from, from + 3);
  }
  const all = value ? [value / 2, value, value * 2] : [0, 0.5];
  return isWhole ? all.map((one) => Math.max(1, Math.round(one))) : all;
}

/** @param {Setting} setting @param {number} value */
const isAllowed = ({ minimum = -Infinity, maximum = Infinity, above = -Infinity, below = Infinity }, value) =>
  value >= minimum && value <= maximum && value > above && value < below;

/** What somebody typed: `0.003, 0.01` or `relu tanh`. @param {string} text @returns {Value[]} */
export const valuesIn = (text) =>
  text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(valueIn);

/** @param {Value[]} values */
export const textOf = (values) => values.map(String).join(", ");
