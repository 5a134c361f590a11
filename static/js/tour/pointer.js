// @ts-check
// Points at what the card speaks of: a ring around it, the card beside it, both kept in place.

import { make } from "../views/elements.js";
import { beside, within } from "./placing.js";

const EDGE = 8;
const RING = 4;
const LOOK_MILLISECONDS = 250;
const phone = matchMedia("(max-width: 719px)");

/** @param {HTMLElement} card */
export function createPointer(card) {
  const ring = /** @type {HTMLElement} */ (make("div", { class: "tour-ring", hidden: true }));
  card.before(ring);
  let selector = "";
  let isNew = false;
  let timer = 0;

  function place() {
    const target = seen(selector);
    card.classList.toggle("lost", !target);
    ring.hidden = !target;
    card.classList.toggle("adrift", !target);
    if (!target) return Object.assign(card.style, { left: "", top: "" });
    if (isNew) bring(target);
    isNew = false;
    const room = roomOf(target);
    const box = within(grown(target.getBoundingClientRect()), room);
    ring.hidden = box.right - box.left < 2 * RING || box.bottom - box.top < 2 * RING;
    Object.assign(ring.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.right - box.left}px`, height: `${box.bottom - box.top}px` });
    if (phone.matches) return Object.assign(card.style, { left: "", top: "" });
    const spot = beside(box, card.offsetWidth, card.offsetHeight, { ...roomOf(card), left: EDGE, right: innerWidth - EDGE });
    Object.assign(card.style, { left: `${spot.left}px`, top: `${spot.top}px` });
  }

  /** Into sight, and on a phone above the sheet. @param {Element} target */
  function bring(target) {
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (!phone.matches || target.closest(".dock")) return;
    const bar = byBar().bottom + 2 * EDGE;
    const { top, bottom } = target.getBoundingClientRect();
    if (bottom > card.getBoundingClientRect().top - EDGE || top < bar) scrollBy(0, top - bar);
  }

  for (const kind of ["scroll", "resize"]) addEventListener(kind, place, { capture: true, passive: true });
  return {
    place,
    /** @param {string} wanted  what to point at from now on */
    aim(wanted) {
      selector = wanted;
      isNew = true;
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

const byBar = () => /** @type {Element} */ (document.querySelector(".bar")).getBoundingClientRect();

/** Where there is room: between bar and dock, for what lies in the dock the whole window. @param {Element} element */
function roomOf(element) {
  const dock = /** @type {Element} */ (document.querySelector(".dock")).getBoundingClientRect();
  const floor = element.closest(".dock") ? innerHeight : Math.min(innerHeight, dock.top);
  return { left: 2, right: innerWidth - 2, top: element.closest(".dock") ? 0 : byBar().bottom + 2, bottom: floor - 2 };
}

/** @param {DOMRect} box */
const grown = ({ left, top, right, bottom }) => ({ left: left - RING, top: top - RING, right: right + RING, bottom: bottom + RING });

