// @ts-check
// An experiment with settings, as a link names it: what can't be is left out and said, the rest holds.

import { api } from "../net/api.js";
import { changedBy, inOrder, put } from "../state/chosen.js";
import { messageOf } from "./asking.js";
import { SPOILS } from "./recipes.js";

/**
 * @typedef {import("../net/address.js").Said} Said
 * @typedef {import("../types.js").Choice} Choice
 * @typedef {import("../types.js").Preset} Preset
 */

const LONGEST = 60;
const MOST_SAID = 3;

/**
 * Chooses what a link says, and then of it what can be.
 * @param {import("../store.js").Store} store
 * @param {Said} said
 * @param {string} usual  preset
 * @param {() => boolean} isWanted  still, when the server has answered
 */
export async function chooseSaid(store, said, usual, isWanted) {
  const asked = choiceOf(said, usual);
  store.dispatch({ type: "chosen", choice: asked });
  const presets = await presetsIn(store);
  const plain = { ...asked, unsettled: false };
  const told = await possibleIn(asked, presets, usual).catch((error) => ({
    ...{ choice: plain, refused: [messageOf(error)] },
  }));
  if (!isWanted()) return;
  store.dispatch({ type: "chosen", choice: told.choice });
  const message = refusedWords(told.refused);
  if (message) store.dispatch({ type: "request_failed", message });
}

/**
 * The experiments, once they are there.
 * @param {import("../store.js").Store} store
 * @returns {Promise<Preset[]>}
 */
const presetsIn = (store) =>
  new Promise((resolve) => {
    const leave = store.subscribe(({ presets }) => {
      if (!presets) return;
      leave();
      resolve(presets);
    });
  });

/**
 * What the link says, as it is chosen; whether it can be, nobody has asked yet.
 * @param {Said} said
 * @param {string} usual  preset
 * @returns {Choice}
 */
export function choiceOf({ preset, settings }, usual) {
  const { pixels, labels, ...rest } = settings;
  const plain = { ...(pixels && pixels !== "natural" ? { pixels } : {}) };
  const others = { ...(labels && labels !== "true" ? { labels } : {}) };
  const spoil = pixels === "shuffled" ? "pixels" : labels === "random" ? "labels" : "none";
  const left = { ...(spoil === "pixels" ? {} : plain), ...(spoil === "labels" ? {} : others) };
  return { preset: preset ?? usual, spoil, changes: { ...rest, ...left }, unsettled: true };
}

/**
 * The same with what can be, and sentences on what can't.
 * @param {Choice} choice
 * @param {Preset[]} presets
 * @param {string} usual
 * @returns {Promise<{choice: Choice, refused: string[]}>}
 */
export async function possibleIn(choice, presets, usual) {
  const refused = [];
  const names = presets.map(({ name }) => name);
  let { preset } = choice;
  if (!names.includes(preset)) {
    refused.push(`There is no experiment ${short(preset)}; ${nearest(preset, names)} is the nearest.`);
    preset = names.includes(usual) ? nearest(preset, names) : names[0];
  }
  const { recipe } = /** @type {Preset} */ (presets.find(({ name }) => name === preset));
  const changes = { ...choice.changes };
  for (const path of inOrder(changes)) {
    if (put(JSON.parse(JSON.stringify(recipe)), path.split("."), null)) continue;
    refused.push(leftOut(path, changes[path], placeWords(path, recipe)));
    delete changes[path];
  }
  for (let rounds = Object.keys(changes).length; rounds > 0; rounds--) {
    const whole = { ...changedBy(recipe, changes), ...(choice.spoil === "none" ? {} : SPOILS[choice.spoil]) };
    const [problem] = (await api.plan(whole)).problems;
    if (!problem) break;
    const path = guilty(Object.keys(changes), problem.field);
    refused.push(leftOut(path, changes[path], problem.message));
    delete changes[path];
  }
  return { choice: { preset, spoil: choice.spoil, changes, unsettled: false }, refused };
}

/** In one sentence or a few. @param {string[]} refused */
export function refusedWords(refused) {
  const more = refused.length - MOST_SAID;
  return [...refused.slice(0, MOST_SAID), ...(more > 0 ? [`And ${more} more.`] : [])].join(" ");
}

/** The change that a problem is about; the last one where it is about none alone. @param {string[]} paths
 * @param {string | null} field */
function guilty(paths, field) {
  const within = (/** @type {string} */ whole, /** @type {string} */ part) =>
    part === whole || part.startsWith(`${whole}.`);
  const about = paths.find((path) => field !== null && (within(path, field) || within(field, path)));
  return about ?? paths[paths.length - 1];
}

/** @param {string} path @param {string} text @param {string} why */
const leftOut = (path, text, why) =>
  `The link’s ${short(path)}=${short(text)} is left out: ${why.replace(/\.$/, "")}.`;

/** @param {string} path @param {import("../types.js").Recipe} recipe */
function placeWords(path, { layers }) {
  const [part, place] = path.split(".");
  if (part !== "layers") return `${short(part)} holds no fields`;
  return `there is no layer ${short(place)}; they are ${layers
    .map(({ type }, at) => `${at} ${type}`)
    .join(", ")}`;
}

/** @param {string} text */
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** The name that shares the most pairs of letters. @param {string} name @param {string[]} names */
export function nearest(name, names) {
  const wanted = pairsIn(name.toLowerCase());
  const likeness = (/** @type {string} */ other) => {
    const theirs = pairsIn(other);
    const shared = [...wanted].filter((pair) => theirs.has(pair)).length;
    return (2 * shared) / (wanted.size + theirs.size || 1);
  };
  return names.reduce((best, other) => (likeness(other) > likeness(best) ? other : best));
}

/** @param {string} name */
const pairsIn = (name) => new Set([...name].slice(1).map((_, at) => name.slice(at, at + 2)));
