// @ts-check
// Points at what the card speaks of: a ring around it, the card beside it, both kept in place.

import { make } from "../views/elements.js";
import { beside, within } from "./placing.js";

const EDGE = 8;
const RING = 4;
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

  function place() {
    const target = seen(selector);
    card.classList.toggle("lost", !target);
    ring.hidden = !target;
    card.classList.toggle("adrift", !target);
    if (!target) return Object.assign(card.style, { left: "", top: "" });
    if (performance.now() < bringUntil) bring(target);
    const room = roomOf(target);
    const box = within(grown(target.getBoundingClientRect()), room);
    ring.hidden = box.right - box.left < 2 * RING || box.bottom - box.top < 2 * RING;
    Object.assign(ring.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.right - box.left}px`, height: `${box.bottom - box.top}px` });
    if (phone.matches) return Object.assign(card.style, { left: "", top: "", bottom: `${innerHeight - byDock().top}px` });
    const spot = beside(box, card.offsetWidth, card.offsetHeight, { ...roomOf(card), left: EDGE, right: innerWidth - EDGE });
    Object.assign(card.style, { left: `${spot.left}px`, top: `${spot.top}px`, bottom: "" });
  }

  /** Into sight, and on a phone above the sheet. @param {Element} target */
  function bring(target) {
    if (target.closest(".dock")) return;
    const room = roomOf(target);
    const floor = phone.matches ? card.getBoundingClientRect().top : room.bottom;
    const { top, bottom } = target.getBoundingClientRect();
    if (top >= room.top && bottom <= floor) return;
    const isLarge = bottom - top > floor - room.top;
    if (isLarge && Math.abs(top - room.top - EDGE) <= EDGE) return;
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
    const moved = target.getBoundingClientRect();
    const by = isLarge || moved.top < room.top + EDGE ? moved.top - room.top - EDGE : moved.bottom - floor + EDGE;
    if (isLarge || moved.top < room.top || moved.bottom > floor) scrollBy(0, by);
  }

  for (const kind of ["wheel", "touchmove", "keydown"]) addEventListener(kind, () => (bringUntil = 0), { capture: true, passive: true });
  for (const kind of ["scroll", "resize"]) addEventListener(kind, place, { capture: true, passive: true });
  return {
    place,
    /** @param {string} wanted  what to point at from now on */
    aim(wanted) {
      selector = wanted;
      bringUntil = performance.now() + BRING_MILLISECONDS;
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

/** @param {string} selector */
function seen(selector) {
  const found = selector ? document.querySelector(selector) : null;
  return found?.getClientRects().length ? found : null;
}

const byDock = () => /** @type {Element} */ (document.querySelector(".dock")).getBoundingClientRect();

const byBar = () => /** @type {Element} */ (document.querySelector(".bar")).getBoundingClientRect();

/** Where there is room: between bar and dock, for what lies in the dock the whole window. @param {Element} element */
function roomOf(element) {
  const floor = element.closest(".dock") ? innerHeight : Math.min(innerHeight, byDock().top);
  return { left: 2, right: innerWidth - 2, top: element.closest(".dock") ? 0 : byBar().bottom + 2, bottom: floor - 2 };
}

/** @param {DOMRect} box */
const grown = ({ left, top, right, bottom }) => ({ left: left - RING, top: top - RING, right: right + RING, bottom: bottom + RING });

