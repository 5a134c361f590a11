// @ts-check
// What is chosen to be trained: an experiment, and what of its recipe is to be otherwise. A change is a
// dotted path, as REST's recipe has it, and its value: JSON, or a bare word.

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Recipe} Recipe
 * @typedef {Record<string, string>} Changes  text by path
 * @typedef {Record<string, unknown>} Fields
 */

/** The experiment's recipe with what differs; undefined until it is known. @param {State} state */
export function chosenRecipe({ presets, choice }) {
  const recipe = presets?.find(({ name }) => name === choice.preset)?.recipe;
  return recipe && /** @type {Recipe} */ (/** @type {unknown} */ (changedBy(recipe, choice.changes)));
}

/** Whether something differs from the experiment. @param {import("../types.js").Choice} choice */
export const isChanged = ({ changes = {} }) => Object.keys(changes).length > 0;

/** @param {string} text */
export function valueIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @param {unknown} value */
const textOf = (value) =>
  typeof value === "string" && valueIn(value) === value ? value : JSON.stringify(value);

/**
 * A recipe with other values in some places; those that there can't be are passed over.
 * @param {object} recipe
 * @param {Changes} [changes]
 * @returns {Fields}
 */
export function changedBy(recipe, changes = {}) {
  const whole = /** @type {Fields} */ (JSON.parse(JSON.stringify(recipe)));
  for (const path of inOrder(changes)) put(whole, path.split("."), valueIn(changes[path]));
  for (const [given, other] of LENGTHS) if (given in changes && !(other in changes)) delete whole[other];
  return whole;
}

/** The whole before its parts. @param {Changes} changes */
export const inOrder = (changes) =>
  Object.keys(changes).sort((a, b) => a.split(".").length - b.split(".").length);

const LENGTHS = [
  ["steps", "epochs"],
  ["epochs", "steps"],
];

/**
 * Sets one place, in what may hold it; says whether it could.
 * @param {unknown} whole
 * @param {string[]} path
 * @param {unknown} value
 * @returns {boolean}
 */
export function put(whole, [name, ...rest], value) {
  if (typeof whole !== "object" || whole === null || name === "__proto__") return false;
  if (Array.isArray(whole) && !(/^\d{1,3}$/.test(name) && Number(name) < whole.length)) return false;
  const fields = /** @type {Fields} */ (whole);
  if (rest.length) {
    if (!Array.isArray(whole)) fields[name] ??= {};
    return put(fields[name], rest, value);
  }
  fields[name] = value;
  return true;
}

/**
 * What differs between two recipes, as changes of the first; lists of other lengths or kinds differ whole.
 * @param {object} base
 * @param {object} recipe
 * @returns {Changes}
 */
export function differences(base, recipe) {
  /** @type {Changes} */
  const found = {};
  const here = /** @type {Fields} */ (base);
  for (const [name, value] of Object.entries(recipe)) compare([name], here[name], value, found);
  return found;
}

/**
 * @param {string[]} path
 * @param {unknown} one
 * @param {unknown} other
 * @param {Changes} found
 */
function compare(path, one, other, found) {
  if (other === undefined || JSON.stringify(one) === JSON.stringify(other)) return;
  if (!isAlike(one, other)) {
    found[path.join(".")] = textOf(other);
    return;
  }
  for (const [name, value] of Object.entries(/** @type {object} */ (other)))
    compare([...path, name], /** @type {Fields} */ (one)[name], value, found);
}

/** Whether what they hold can be compared place by place. @param {unknown} one @param {unknown} other */
function isAlike(one, other) {
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [mine, theirs] = [Object.entries(one), Object.entries(other)];
  if (Array.isArray(one))
    return mine.length === theirs.length && mine.every(([at, part]) => isOfKind(part, theirs[Number(at)][1]));
  return isOfKind(one, other) && mine.every(([name, value]) => value === undefined || name in other);
}

/** @param {unknown} one @param {unknown} other */
const isOfKind = (one, other) =>
  /** @type {Fields} */ (one)?.type === /** @type {Fields} */ (other)?.type && typeof one === typeof other;
