// @ts-check
// What can be seen of an element between the bar and the dock, and how it is brought there.

export const EDGE = 8;
/** How far the ring about an element lies from it. */
export const RING = 4;

/** Into sight, above the card where that is a sheet. @param {Element} target @param {number} floor */
export function bring(target, floor) {
  if (target.closest(".dock")) return;
  const room = roomOf(target);
  const { top, bottom } = target.getBoundingClientRect();
  if (top >= room.top && bottom <= floor) return;
  const isLarge = bottom - top > floor - room.top;
  if (isLarge && Math.abs(top - room.top - EDGE) <= EDGE) return;
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
  const moved = target.getBoundingClientRect();
  const by =
    isLarge || moved.top < room.top + EDGE ? moved.top - room.top - EDGE : moved.bottom - floor + EDGE;
  if (isLarge || moved.top < room.top || moved.bottom > floor) scrollerOf(target).scrollBy(0, by);
}

/**
 * What scrolls the element: its scene on a desk, the page on a phone.
 * @param {Element} element
 * @returns {Element}
 */
function scrollerOf(element) {
  for (let one = element.parentElement; one; one = one.parentElement) {
    if (one.scrollHeight > one.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(one).overflowY))
      return one;
  }
  return document.scrollingElement ?? document.documentElement;
}

/** The first that can be seen. @param {string} selector */
export function seen(selector) {
  const found = selector ? [...document.querySelectorAll(selector)] : [];
  return found.find((one) => one.getClientRects().length) ?? null;
}

export const byDock = () => /** @type {Element} */ (document.querySelector(".dock")).getBoundingClientRect();

const byBar = () => /** @type {Element} */ (document.querySelector(".bar")).getBoundingClientRect();

/**
 * Where there is room: between bar and dock, for what lies in the dock the whole window.
 * @param {Element} element
 */
export function roomOf(element) {
  const floor = element.closest(".dock") ? innerHeight : Math.min(innerHeight, byDock().top);
  return {
    left: 2,
    right: innerWidth - 2,
    top: element.closest(".dock") ? 0 : Math.max(0, byBar().bottom) + 2,
    bottom: floor - 2,
  };
}

/** @param {DOMRect} box */
export const grown = ({ left, top, right, bottom }) => ({
  left: left - RING,
  top: top - RING,
  right: right + RING,
  bottom: bottom + RING,
});
