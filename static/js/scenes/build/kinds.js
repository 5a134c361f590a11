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

/** @typedef {import("../../recipe_catalogue.js").DatasetKind} DatasetKind */

/** Pictures of one's own, as they are learned of. @type {Map<string, DatasetKind>} */
const ownKinds = new Map();

/** @param {string} name */
export const datasetKind = (name) =>
  ownKinds.get(name) ?? DATASET_KINDS.find((kind) => kind.name === name) ?? DATASET_KINDS[0];

/** Every data set by its name in a recipe, and its title. @returns {[string, string][]} */
export const datasetChoices = () =>
  [...DATASET_KINDS, ...ownKinds.values()].map(({ name, title }) => [name, title]);

/** @param {import("../../net/answers.js").DatasetAnswer[]} datasets */
export function learnDatasets(datasets) {
  for (const { name, title, shape, class_names, train_size, own } of datasets)
    if (own) ownKinds.set(name, { name, title, shape, classes: class_names.length, train_size });
}

/**
 * Pictures that a recipe was trained on are known by it, whatever became of them.
 * @param {{dataset: string} & Record<string, unknown>} recipe
 */
export function learnDatasetOf({ dataset, own: said }) {
  const own = /** @type {import("../../net/answers.js").OwnPictures | null | undefined} */ (said);
  if (!own || ownKinds.has(dataset)) return;
  const title = dataset.replace(/^own:|@.*$/g, "");
  const { shape, class_names, train_size } = own;
  ownKinds.set(dataset, { name: dataset, title, shape, classes: class_names.length, train_size });
}

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
