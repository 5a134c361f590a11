// @ts-check
// Points at what the card speaks of: a ring around it, the card beside it, both kept in place.

import { make } from "../views/elements.js";
import { GAP, beside, within } from "./placing.js";

const EDGE = 8;
const RING = 4;
/** Below a sheet's upper edge or the dock's. */
const SHEET_GAP = 6;
/** Of the card, in the order in which they are tried; the last is that of a sheet. */
const WIDTHS = [380, 340, 290, 520, 680];
const LOOK_MILLISECONDS = 250;
/** So long what arrives late may push the target out of sight, and it is brought back. */
const BRING_MILLISECONDS = 4000;
const phone = matchMedia("(max-width: 719px)");

/** @param {HTMLElement} card */
export function createPointer(card) {
  const ring = /** @type {HTMLElement} */ (make("div", { class: "tour-ring", hidden: true }));
  card.before(ring);
  let selector = "";
  let bringUntil = 0;
  let timer = 0;
  /** The width that fitted last is tried first, so that the card does not jump. */
  let fitting = WIDTHS[0];

  function place() {
    const target = seen(selector);
    card.classList.toggle("lost", !target);
    ring.hidden = !target;
    card.classList.toggle("adrift", !target);
    if (!target) return Object.assign(card.style, { left: "", top: "", bottom: "", width: "" });
    const floor = lay(target);
    if (performance.now() < bringUntil) {
      bring(target, floor);
      lay(target);
    }
  }

  /** Lays card and ring in their places; down to where the target can be seen. @param {Element} target */
  function lay(target) {
    const room = roomOf(target);
    const box = within(grown(target.getBoundingClientRect()), room);
    const isSheet = phone.matches || !layBeside(box);
    if (isSheet) laySheet(target.closest(".dock") ? box.top - SHEET_GAP : byDock().top);
    const floor =
      isSheet && !target.closest(".dock") ? card.getBoundingClientRect().top - SHEET_GAP : room.bottom;
    const shown = within(box, { ...room, bottom: floor });
    ring.hidden = shown.right - shown.left < 2 * RING || shown.bottom - shown.top < 2 * RING;
    Object.assign(ring.style, {
      left: `${shown.left}px`,
      top: `${shown.top}px`,
      width: `${shown.right - shown.left}px`,
      height: `${shown.bottom - shown.top}px`,
    });
    return floor;
  }

  /**
   * Whether there is room for the card beside the target, and then it lies there.
   * @param {import("./placing.js").Box} box
   */
  function layBeside(box) {
    const room = { ...roomOf(card), left: EDGE, right: innerWidth - EDGE };
    for (const width of [fitting, ...WIDTHS]) {
      Object.assign(card.style, { width: `${Math.min(width, room.right - room.left)}px`, bottom: "" });
      const spot = beside(box, card.offsetWidth, card.offsetHeight, room);
      if (!spot) continue;
      fitting = width;
      Object.assign(card.style, { left: `${spot.left}px`, top: `${spot.top}px` });
      return true;
    }
    return false;
  }

  /** Along the foot of the page. @param {number} floor */
  function laySheet(floor) {
    const width = Math.min(WIDTHS[WIDTHS.length - 1], innerWidth - 2 * GAP);
    const wide = phone.matches
      ? { left: "", width: "" }
      : { left: `${(innerWidth - width) / 2}px`, width: `${width}px` };
    Object.assign(card.style, {
      ...wide,
      top: "",
      bottom: `${innerHeight - floor + (phone.matches ? 0 : EDGE)}px`,
    });
  }

  /** Into sight, above the card where that is a sheet. @param {Element} target @param {number} floor */
  function bring(target, floor) {
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

  for (const kind of ["wheel", "touchmove", "keydown"])
    addEventListener(kind, () => (bringUntil = 0), { capture: true, passive: true });
  for (const kind of ["scroll", "resize"]) addEventListener(kind, place, { capture: true, passive: true });
  return {
    place,
    /** @param {string} wanted  what to point at from now on */
    aim(wanted) {
      selector = wanted;
      bringUntil = performance.now() + BRING_MILLISECONDS;
      fitting = WIDTHS[0];
      clearInterval(timer);
      timer = window.setInterval(place, LOOK_MILLISECONDS); // pictures that arrive late move things
      place();
    },
    stop() {
      clearInterval(timer);
      selector = "";
      ring.hidden = true;
    },
  };
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

/** @param {string} selector */
function seen(selector) {
  const found = selector ? document.querySelector(selector) : null;
  return found?.getClientRects().length ? found : null;
}

const byDock = () => /** @type {Element} */ (document.querySelector(".dock")).getBoundingClientRect();

const byBar = () => /** @type {Element} */ (document.querySelector(".bar")).getBoundingClientRect();

/**
 * Where there is room: between bar and dock, for what lies in the dock the whole window.
 * @param {Element} element
 */
function roomOf(element) {
  const floor = element.closest(".dock") ? innerHeight : Math.min(innerHeight, byDock().top);
  return {
    left: 2,
    right: innerWidth - 2,
    top: element.closest(".dock") ? 0 : byBar().bottom + 2,
    bottom: floor - 2,
  };
}

/** @param {DOMRect} box */
const grown = ({ left, top, right, bottom }) => ({
  left: left - RING,
  top: top - RING,
  right: right + RING,
  bottom: bottom + RING,
});
