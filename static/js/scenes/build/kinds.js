// @ts-check
// What there is to build with, looked up by its name.

import { DATASET_KINDS, LAYER_KINDS, OBJECTIVE_KINDS, OPTIMIZER_KINDS } from "../../recipe_catalogue.js";

/**
 * @typedef {import("../../recipe_catalogue.js").Setting} Setting
 * @typedef {import("../../recipe_catalogue.js").Kind} Kind
 */

/** @param {string} type @returns {Kind} */
export const layerKind = (type) =>
  LAYER_KINDS.find((kind) => kind.type === type) ?? { type, title: type, settings: [] };

/** @param {string} type */
export const optimizerKind = (type) =>
  OPTIMIZER_KINDS.find((kind) => kind.type === type) ?? OPTIMIZER_KINDS[0];

/** @param {string} type */
export const objectiveKind = (type) =>
  OBJECTIVE_KINDS.find((kind) => kind.type === type) ?? OBJECTIVE_KINDS[0];

/** @param {string} name */
export const datasetKind = (name) => DATASET_KINDS.find((kind) => kind.name === name) ?? DATASET_KINDS[0];

/** A layer as it is added. @param {string} type @returns {{type: string} & Record<string, unknown>} */
export const newLayer = (type) => ({ ...LAYER_KINDS.find((kind) => kind.type === type)?.new, type });

/**
 * The value of a setting: what is said, or what holds where nothing is.
 * @param {Record<string, unknown>} part
 * @param {Setting} setting
 */
export const valueOf = (part, setting) => part[setting.name] ?? setting.default;

/**
 * The rates that suit an optimiser, where its other settings are those they were measured with.
 * @param {Record<string, unknown> & {type: string}} optimizer
 * @returns {[number, number] | null}
 */
export function bandOf(optimizer) {
  const { settings, measured, suits } = optimizerKind(optimizer.type);
  const isMeasured = settings.every((setting) => {
    if (setting.name === "learning_rate" || setting.name === "schedule") return true;
    return valueOf(optimizer, setting) === (measured[setting.name] ?? setting.default);
  });
  return isMeasured ? suits : null;
}
