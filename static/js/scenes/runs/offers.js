// @ts-check
// What a tray offers for so many runs, and a menu for one.

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

/**
 * @param {import("../../types.js").Run} run
 * @returns {import("./menu.js").Entry[]}
 */
export const entriesOf = (run) => [
  { act: "open", title: "Open", key: "Enter" },
  { act: "rename", title: "Rename", key: "F2" },
  { act: "note", title: "Note", key: "N" },
  { act: "pin", title: run.pinned ? "Unpin" : "Pin", key: "P" },
  ...(run.recipe ? [{ act: "again", title: "Run again", key: "R" }] : []),
  { act: "take", title: "Take it with you", key: "T" },
  ...(run.sweep ? [{ act: "map", title: "Map of its sweep", key: "S" }] : []),
  { act: "delete", title: "Delete", key: "Del", isFar: true },
];
