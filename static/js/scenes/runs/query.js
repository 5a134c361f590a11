// @ts-check
// What the list is chosen and sorted by, as the address has it and as the server is asked.

export const SORTS = ["newest", "oldest", "name", "accuracy", "edges"];
/** Of a detail in the address, what the server calls it. `preset` there says what is to be trained. */
const NAMES = {
  q: "q",
  experiment: "preset",
  source: "source",
  status: "status",
  sweep: "sweep",
  seed: "seed",
  sort: "sort",
};

/** @typedef {Record<string, string>} Details */

/** Pinned runs come first in every order. @param {Details} details */
export function queryOf(details) {
  const query = new URLSearchParams({ pins: "first" });
  for (const [detail, name] of Object.entries(NAMES)) {
    const text = (details[detail] ?? "").slice(0, 200);
    if (text && isMeant(detail, text)) query.set(name, text);
  }
  return query.toString();
}

/** A list that can be shown is better than a refusal. @param {string} detail @param {string} text */
const isMeant = (detail, text) =>
  (detail !== "sort" || SORTS.includes(text)) && (detail !== "seed" || /^\d{1,19}$/.test(text));

/** @param {Details} details */
export const sortIn = ({ sort }) => (sort && SORTS.includes(sort) ? sort : "newest");

/** Whether some runs may be left out. @param {Details} details */
export const isChosen = ({ q, experiment, source, status, sweep, seed }) =>
  Boolean(q || experiment || source || status || sweep || seed);

/** Ids of runs that are laid over one another. @param {Details} details */
export const comparedIn = ({ compare = "" }) => compare.split(",").filter((id) => /^[\w-]{1,100}$/.test(id));
