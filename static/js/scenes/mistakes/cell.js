// @ts-check
// The cell of the matrix that is looked into, as the address has it: `8-6`.

/**
 * @typedef {{label: number, taken: number}} Cell  classes from 0: what it is, and what it is taken for
 */

/** @param {import("../../types.js").State} state @returns {Cell | null} */
export function cellIn({ view }) {
  const found = /^(\d{1,4})-(\d{1,4})$/.exec(view.details.cell ?? "");
  return found && { label: Number(found[1]), taken: Number(found[2]) };
}

/** @param {number} label @param {number} taken */
export const cellNamed = (label, taken) => `${label}-${taken}`;
