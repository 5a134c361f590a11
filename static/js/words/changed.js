// @ts-check
// What of an experiment was chosen otherwise, in words.

import { valueIn } from "../state/chosen.js";

const MOST_NAMED = 3;
const LONGEST = 24;

/**
 * `with learning rate 0.02 (else 0.1) and layer 1 filters 8 (else 16)`.
 * @param {import("../state/chosen.js").Changes} changes
 * @param {object} recipe  the experiment's
 */
export function changedWords(changes, recipe) {
  const paths = Object.keys(changes);
  const named = paths.slice(0, MOST_NAMED).map((path) => {
    const before = valueAt(recipe, path.split("."));
    const value = shown(valueIn(changes[path]));
    return `${nameOf(path)} ${value}${isPlain(before) ? ` (else ${before})` : ""}`;
  });
  const more = paths.length - named.length;
  if (more > 0) named.push(`${more} more`);
  const last = named.pop();
  return named.length ? `with ${named.join(", ")} and ${last}` : `with ${last}`;
}

/** @param {string} path */
function nameOf(path) {
  const parts = path.split(".");
  const name = parts.slice(parts[0] === "layers" ? 2 : -1).join(" ");
  const place = parts[0] === "layers" && parts.length > 1 ? `layer ${Number(parts[1]) + 1} ` : "";
  return `${place}${name || "layers"}`.trim().replaceAll("_", " ");
}

/** @param {unknown} value */
const isPlain = (value) => ["string", "number", "boolean"].includes(typeof value);

/** @param {unknown} value */
function shown(value) {
  if (!isPlain(value)) return "of their own";
  const text = String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** @param {unknown} whole @param {string[]} path @returns {unknown} */
function valueAt(whole, [name, ...rest]) {
  if (typeof whole !== "object" || whole === null) return undefined;
  const inner = /** @type {Record<string, unknown>} */ (whole)[name];
  return rest.length ? valueAt(inner, rest) : inner;
}
