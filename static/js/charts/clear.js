// @ts-check
// Names in a chart keep clear of its numbers, of its dotted line, and of each other.

/**
 * @typedef {import("./drawing.js").Words} Words
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box  in pixels
 */

/** What a letter takes of its size, in the widest of the usual fonts; bold ones take more. */
const LETTER = 0.62;
const BOLD_LETTER = 0.69;
/** How far letters reach above and below their baseline, of their size. */
const RISE = 0.78;
const FALL = 0.2;

/** Where words will stand. @param {Words} words @returns {Box} */
export function boxOf({ place: [x, y], text, size, anchor, weight = 400 }) {
  const width = text.length * size * (weight > 400 ? BOLD_LETTER : LETTER);
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return { left, top: y - RISE * size, right: left + width, bottom: y + FALL * size };
}

/** @param {Box} one @param {Box} other */
export const isOver = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/**
 * Gives each name the first of its places that is clear; one that has none is left out.
 * @param {Words[][]} names  the places that each may have, the best first; earlier names come first
 * @param {Box[]} taken
 * @param {Box} room  that no name leaves
 * @returns {Words[]}
 */
export function clearNames(names, taken, room) {
  const boxes = [...taken];
  return names.flatMap((places) => {
    const found = places.find((words) => {
      const box = boxOf(words);
      const isInside = box.left >= room.left && box.right <= room.right && box.top >= room.top;
      return isInside && box.bottom <= room.bottom && !boxes.some((other) => isOver(box, other));
    });
    if (found) boxes.push(boxOf(found));
    return found ?? [];
  });
}
