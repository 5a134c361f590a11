// @ts-check
// Points at what the card speaks of: a ring around it, the card beside it, both kept in place.

import { narrowerThan } from "../views/breakpoints.js";
import { make } from "../views/elements.js";
import { GAP, beside, within } from "./placing.js";
import { EDGE, RING, bring, byDock, grown, roomOf, seen } from "./sight.js";

/** Below a sheet's upper edge or the dock's. */
const SHEET_GAP = 6;
/** Of the card, in the order in which they are tried; the last is that of a sheet. */
const WIDTHS = [380, 340, 290, 460, 520, 680];
const LOOK_MILLISECONDS = 250;
/** So long what arrives late may push the target out of sight, and it is brought back. */
const BRING_MILLISECONDS = 4000;
const phone = narrowerThan("phone");

export class Pointer {
  #selector = "";
  /** Of the window: turned or zoomed, the page lies otherwise. Its height changes as a phone's bar hides. */
  #width = innerWidth;
  #bringUntil = 0;
  #timer = 0;
  /** The width that fitted last is tried first, so that the card does not jump. */
  #fitting = WIDTHS[0];

  /** @param {HTMLElement} card */
  constructor(card) {
    this.card = card;
    this.ring = /** @type {HTMLElement} */ (make("div", { class: "tour-ring", hidden: true }));
    card.before(this.ring);
    for (const kind of ["wheel", "touchmove", "keydown"])
      addEventListener(kind, () => (this.#bringUntil = 0), { capture: true, passive: true });
    addEventListener("scroll", () => this.place(), { capture: true, passive: true });
    addEventListener("resize", () => (this.#width === innerWidth ? this.place() : this.bringAgain()));
  }

  /** @param {string} selector  of what to point at from now on */
  aim(selector) {
    this.#selector = selector;
    this.#bringUntil = performance.now() + BRING_MILLISECONDS;
    this.#fitting = WIDTHS[0];
    clearInterval(this.#timer);
    // Pictures that arrive late move things.
    this.#timer = window.setInterval(() => this.place(), LOOK_MILLISECONDS);
    this.place();
  }

  /** Into sight once more, where there is other room for it. */
  bringAgain() {
    this.#width = innerWidth;
    this.#bringUntil = performance.now() + BRING_MILLISECONDS;
    this.place();
  }

  stop() {
    clearInterval(this.#timer);
    this.#selector = "";
    this.ring.hidden = true;
  }

  place() {
    const target = seen(this.#selector);
    this.card.classList.toggle("lost", !target);
    this.ring.hidden = !target;
    this.card.classList.toggle("adrift", !target);
    if (!target) return Object.assign(this.card.style, { left: "", top: "", bottom: "", width: "" });
    const floor = this.#lay(target);
    if (performance.now() < this.#bringUntil) {
      bring(target, floor);
      this.#lay(target);
    }
  }

  /** Lays card and ring in their places; down to where the target can be seen. @param {Element} target */
  #lay(target) {
    const room = roomOf(target);
    const box = within(grown(target.getBoundingClientRect()), room);
    const inDock = target.closest(".dock");
    const isSheet = phone.matches || !this.#layBeside(box);
    this.card.classList.toggle("sheet", isSheet);
    if (isSheet) this.#laySheet(inDock ? box.top - SHEET_GAP : byDock().top);
    const floor = isSheet && !inDock ? this.card.getBoundingClientRect().top - SHEET_GAP : room.bottom;
    this.#layRing(within(box, { ...room, bottom: floor }));
    return floor;
  }

  /** @param {import("./placing.js").Box} box */
  #layRing({ left, top, right, bottom }) {
    const [width, height] = [right - left, bottom - top];
    this.ring.hidden = width < 2 * RING || height < 2 * RING;
    const style = { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` };
    Object.assign(this.ring.style, style);
  }

  /**
   * Whether there is room for the card beside the target, and then it lies there.
   * @param {import("./placing.js").Box} box
   */
  #layBeside(box) {
    const { card } = this;
    const room = { ...roomOf(card), left: EDGE, right: innerWidth - EDGE };
    for (const width of [this.#fitting, ...WIDTHS]) {
      Object.assign(card.style, { width: `${Math.min(width, room.right - room.left)}px`, bottom: "" });
      const spot = beside(box, card.offsetWidth, card.offsetHeight, room);
      const isCut = card.scrollHeight > card.clientHeight + 1;
      if (!spot || isCut) continue;
      this.#fitting = width;
      Object.assign(card.style, { left: `${spot.left}px`, top: `${spot.top}px` });
      return true;
    }
    return false;
  }

  /** Along the foot of the page. @param {number} floor */
  #laySheet(floor) {
    const width = Math.min(WIDTHS[WIDTHS.length - 1], innerWidth - 2 * GAP);
    const wide = phone.matches
      ? { left: "", width: "" }
      : { left: `${(innerWidth - width) / 2}px`, width: `${width}px` };
    const bottom = `${innerHeight - floor + (phone.matches ? 0 : EDGE)}px`;
    Object.assign(this.card.style, { ...wide, top: "", bottom });
  }
}
