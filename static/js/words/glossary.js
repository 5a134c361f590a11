// @ts-check
// Finding a word: by its names first, then by what is said of it.

/**
 * @typedef {import("../net/glossary.js").Entry} Entry
 * @typedef {import("../net/glossary.js").Section} Section
 */

/** Where the “?” of that name leads. @type {Record<string, string>} */
export const TERMS = {
  labels: "label",
  answers: "evaluation",
  loss: "loss",
  noAnswers: "objective",
  rebuilding: "objective",
  score: "edge-score",
  direction: "orientation",
  since: "label",
  waves: "template",
  nearDuplicates: "near-duplicates",
  colours: "colour",
  weights: "weight",
  change: "change",
};

/** @param {Entry} entry */
export const titleOf = ({ names: [name] }) => name.charAt(0).toUpperCase() + name.slice(1);

/**
 * The sections with the entries that hold `text`; where names do, those alone.
 * @param {Section[]} sections
 * @param {string} text
 */
export function found(sections, text) {
  const sought = text.trim().toLowerCase();
  const holds = (/** @type {string} */ words) => words.toLowerCase().includes(sought);
  const kept = (/** @type {(entry: Entry) => boolean} */ is) =>
    sections.flatMap(({ title, entries }) => {
      const some = entries.filter(is);
      return some.length ? [{ title, entries: some }] : [];
    });
  const named = kept(({ names }) => names.some(holds));
  return named.length ? named : kept((entry) => holds(entry.text));
}
