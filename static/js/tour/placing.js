// @ts-check
// Where the card lies: beside what it speaks of, never over it; where there is no such place, below it.

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

export const GAP = 14;
/** Closer than this, a card touches what it speaks of. */
const CLEAR = 6;

/**
 * The place of a card of `width` × `height` inside `room`, beside
 * `target`; null where it would touch it everywhere.
 * @param {Box} target
 * @param {number} width
 * @param {number} height
 * @param {Box} room
 * @returns {{left: number, top: number} | null}
 */
export function beside(target, width, height, room) {
  if (width > room.right - room.left || height > room.bottom - room.top) return null;
  const middle = {
    x: (target.left + target.right - width) / 2,
    y: (target.top + target.bottom - height) / 2,
  };
  const preferred = [
    { left: target.right + GAP, top: middle.y },
    { left: target.left - GAP - width, top: middle.y },
    { left: middle.x, top: target.bottom + GAP },
    { left: middle.x, top: target.top - GAP - height },
    { left: room.right - width, top: room.bottom - height },
    { left: room.left, top: room.bottom - height },
    { left: room.right - width, top: room.top },
  ];
  const places = preferred.map(({ left, top }) => ({
    left: clamp(left, room.left, room.right - width),
    top: clamp(top, room.top, room.bottom - height),
  }));
  const apart = places.map(({ left, top }) =>
    distance(target, { left, top, right: left + width, bottom: top + height }),
  );
  return places[apart.findIndex((pixels) => pixels >= CLEAR)] ?? null;
}

/** What of `box` can be seen in `room`. @param {Box} box @param {Box} room @returns {Box} */
export function within(box, room) {
  const left = clamp(box.left, room.left, room.right);
  const top = clamp(box.top, room.top, room.bottom);
  return {
    left,
    top,
    right: clamp(box.right, left, room.right),
    bottom: clamp(box.bottom, top, room.bottom),
  };
}

/**
 * How far one lies beside, above or below the other; below 0 where they overlap.
 * @param {Box} one
 * @param {Box} other
 */
export function distance(one, other) {
  const across = Math.max(one.left - other.right, other.left - one.right);
  const down = Math.max(one.top - other.bottom, other.top - one.bottom);
  return Math.max(across, down);
}

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.max(low, Math.min(value, Math.max(low, high)));
