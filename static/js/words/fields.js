// @ts-check
// A recipe's fields in sentences: as people read them, and not as a recipe spells them.

import { LAYER_KINDS, OBJECTIVE_KINDS, OPTIMIZER_KINDS, RECIPE_SETTINGS } from "../recipe_catalogue.js";

/** @type {Map<string, string>} */
const LABELS = new Map(
  [...LAYER_KINDS, ...OPTIMIZER_KINDS, ...OBJECTIVE_KINDS]
    .flatMap(({ settings }) => settings)
    .concat(RECIPE_SETTINGS)
    .map(({ name, label }) => [name, label]),
);
/** @type {Map<string, string>} */
const KINDS = new Map(LAYER_KINDS.map(({ type, title }) => [type, title.toLowerCase()]));

/**
 * A sentence of the server's with labels for the names of fields and layers.
 * @param {string} message
 * @param {string | null} [field]  the dotted path of the one that is wrong
 */
export function inLabels(message, field) {
  const name = field?.split(".").at(-1) ?? "";
  const label = LABELS.get(name);
  const begins = label && message.startsWith(`${name} `);
  const rest = begins ? message.slice(name.length) : message;
  const said = rest.replace(/\b[a-z]+(?:_[a-z0-9]+)+\b|\bconv2d\b/g, spelled);
  return begins ? label + said : said.charAt(0).toUpperCase() + said.slice(1);
}

/** @param {string} word */
const spelled = (word) => KINDS.get(word) ?? LABELS.get(word)?.toLowerCase() ?? word;
