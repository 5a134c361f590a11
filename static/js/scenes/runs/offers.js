// @ts-check
// What a tray offers for so many runs.

export const MOST_LAID_OVER = 12;

/** @param {number} count @returns {[act: string, title: string][]}  the first one is the filled one */
export function offersFor(count) {
  if (count === 1) return [["open", "Open"]];
  if (count === 2)
    return [
      ["twins", "Compare 2 as twins"],
      ["compare", "Overlay 2 curves"],
    ];
  return [["compare", count > MOST_LAID_OVER ? `Table of ${count}` : `Overlay ${count}`]];
}
