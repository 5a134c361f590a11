// @ts-check
// Which filters are switched in a copy of the network, in words.

/** @typedef {import("../state/switched.js").Switched} Switched */

const MOST_NAMED = 6;

/** `Filters 2 and 6 off`. @param {Switched} switched */
export function switchedTitle({ filters, how }) {
  const named = `${filters.length > 1 ? "Filters" : "Filter"} ${filtersListed(filters, "and")}`;
  return { off: `${named} off`, noise: `${named} back to noise`, only: `${named} alone` }[how];
}

/** @param {number[]} filters  from 0 @param {string} last  and, or */
export function filtersListed(filters, last) {
  const names = filters.map((filter) => String(filter + 1));
  const more = names.length - MOST_NAMED;
  if (more > 0) return `${names.slice(0, MOST_NAMED).join(", ")} ${last} ${more} more`;
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}` : names[0];
}
