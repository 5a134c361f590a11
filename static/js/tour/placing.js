// @ts-check
// Where the card lies: beside what it speaks of, on no account over it if there is another place.

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

const GAP = 14;

/**
 * The place of a card of `width` × `height` inside `room`, beside `target`.
 * @param {Box} target
 * @param {number} width
 * @param {number} height
 * @param {Box} room
 * @returns {{left: number, top: number}}
 */
export function beside(target, width, height, room) {
  const middle = { x: (target.left + target.right - width) / 2, y: (target.top + target.bottom - height) / 2 };
  const wished = [
    { left: target.right + GAP, top: middle.y },
    { left: target.left - GAP - width, top: middle.y },
    { left: middle.x, top: target.bottom + GAP },
    { left: middle.x, top: target.top - GAP - height },
    { left: room.right - width, top: room.bottom - height },
    { left: room.left, top: room.bottom - height },
    { left: room.right - width, top: room.top },
  ];
  const places = wished.map(({ left, top }) => ({
    left: clamp(left, room.left, room.right - width),
    top: clamp(top, room.top, room.bottom - height),
  }));
  const covered = places.map((place) => overlap(target, { ...place, right: place.left + width, bottom: place.top + height }));
  return places[covered.indexOf(Math.min(...covered))];
}

/** What of `box` can be seen in `room`. @param {Box} box @param {Box} room @returns {Box} */
export function within(box, room) {
  const left = clamp(box.left, room.left, room.right);
  const top = clamp(box.top, room.top, room.bottom);
  return { left, top, right: clamp(box.right, left, room.right), bottom: clamp(box.bottom, top, room.bottom) };
}

/** @param {Box} one @param {Box} other */
export function overlap(one, other) {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.max(low, Math.min(value, Math.max(low, high)));
