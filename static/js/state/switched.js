// @ts-check
// Which filters are switched in a copy of the network, as the address has it: `off=conv1-2.6&how=noise`.

/**
 * @typedef {"off" | "noise" | "only"} How
 * @typedef {{layer: string, filters: number[], how: How}} Switched  filters from 0, in order
 */

/** @type {How[]} */
const HOWS = ["off", "noise", "only"];
/** The scenes that look at the copy; what is switched goes along from one to another. */
const SCENES = new Set(["mistakes", "filter", "draw"]);

/** @param {Pick<import("../types.js").State, "view">} state @returns {Switched | null} */
export function switchedIn({ view: { details } }) {
  const found = /^(\w{1,40})-(\d{1,4}(?:\.\d{1,4})*)$/.exec(details.off ?? "");
  if (!found) return null;
  const filters = [...new Set(found[2].split(".").map((number) => Number(number) - 1))];
  const how = HOWS.find((one) => one === details.how) ?? "off";
  return filters.every((filter) => filter >= 0) ? { layer: found[1], filters: inOrder(filters), how } : null;
}

/** As details of a scene; empty ones go. @param {Switched | null} switched */
export const saidOf = (switched) => ({
  off: switched ? `${switched.layer}-${switched.filters.map((filter) => filter + 1).join(".")}` : "",
  how: switched && switched.how !== "off" ? switched.how : "",
});

/**
 * The switches once one filter is switched: with others that are switched alike, else by itself.
 * @param {Switched | null} switched
 * @param {string} layer
 * @param {number} filter
 * @param {How | "on"} how
 * @returns {Switched | null}
 */
export function switchedTo(switched, layer, filter, how) {
  const others = switched?.layer === layer ? switched.filters.filter((one) => one !== filter) : [];
  if (how === "on") return others.length && switched ? { layer, filters: others, how: switched.how } : null;
  const alike = switched?.how === how ? others : [];
  return { layer, filters: inOrder([...alike, filter]), how };
}

/** @param {Switched | null} switched @param {string} layer @param {number} filter @returns {How | "on"} */
export const switchOf = (switched, layer, filter) =>
  switched?.layer === layer && switched.filters.includes(filter) ? switched.how : "on";

/**
 * Whether nothing of a filter is left in the copy.
 * @param {Switched | null} switched
 * @param {string} layer
 * @param {number} filter
 */
export function isOut(switched, layer, filter) {
  if (switched?.layer !== layer || switched.how === "noise") return false;
  return switched.filters.includes(filter) === (switched.how === "off");
}

/**
 * What goes along into another scene.
 * @param {Pick<import("../types.js").State, "view">} state
 * @param {string} scene
 * @returns {Record<string, string>}
 */
export function takenAlong(state, scene) {
  const { details } = state.view;
  const goesAlong = SCENES.has(scene) && SCENES.has(state.view.scene) && switchedIn(state);
  return goesAlong ? { off: details.off, ...(details.how && { how: details.how }) } : {};
}

/** @param {number[]} filters */
const inOrder = (filters) => [...filters].sort((one, other) => one - other);
