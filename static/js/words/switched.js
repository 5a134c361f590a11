// @ts-check
// Which filters are switched in a copy of the network, in words.

/** @typedef {import("../state/switched.js").Switched} Switched */

const MOST_NAMED = 6;

/** `Filters 2 and 6 off`. @param {Switched} switched */
export function switchedTitle({ filters, how }) {
  const named = `${filters.length > 1 ? "Filters" : "Filter"} ${filtersListed(filters, "and")}`;
  return { off: `${named} off`, noise: `${named} back to noise`, only: `${named} alone` }[how];
}

/** `Filter 16 is off`, short enough for a narrow place. @param {Switched} switched */
export function offWords({ filters, how }) {
  if (how === "only")
    return filters.length > 1 ? `${filters.length} filters alone` : `Only filter ${filters[0] + 1} is on`;
  const state = how === "off" ? "off" : "back to noise";
  if (filters.length === 1) return `Filter ${filters[0] + 1} is ${state}`;
  return filters.length > 2
    ? `${filters.length} filters are ${state}`
    : `Filters ${filtersListed(filters, "and")} are ${state}`;
}

/**
 * The filters of which nothing is left in the copy, of so many; none where some are back to noise.
 * @param {Switched} switched
 * @param {number} count
 */
export function outOf({ filters, how }, count) {
  if (how === "noise") return [];
  const all = Array.from({ length: count }, (_, filter) => filter);
  return how === "off" ? filters : all.filter((filter) => !filters.includes(filter));
}

/** @param {number[]} filters  from 0 @param {string} last  and, or */
export function filtersListed(filters, last) {
  const names = filters.map((filter) => String(filter + 1));
  const more = names.length - MOST_NAMED;
  if (more > 0) return `${names.slice(0, MOST_NAMED).join(", ")} ${last} ${more} more`;
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}` : names[0];
}
