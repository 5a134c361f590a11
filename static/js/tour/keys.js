// @ts-check
// The tour by keys: N and B anywhere, the arrows on the card, Escape to leave.

import { isMeant } from "../control/letters.js";

/**
 * @param {HTMLElement} card
 * @param {() => boolean} isOpen
 * @param {{next: () => void, back: () => void, leave: () => void}} ways
 */
export function listenToKeys(card, isOpen, { next, back, leave }) {
  /** @type {Record<string, () => void>} */
  const anywhere = { n: next, b: back, Escape: leave };
  /** @type {Record<string, () => void>} */
  const onCard = { ArrowRight: next, ArrowLeft: back };

  /** @param {KeyboardEvent} event */
  function hear(event) {
    const isTyped =
      event.target instanceof Element && event.target.matches("select, textarea, input:not([type=radio])");
    const isModified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (
      !isOpen() ||
      !isMeant(event) ||
      isTyped ||
      isModified ||
      document.querySelector("dialog[open], .rail.open")
    )
      return;
    const isInside = event.target instanceof Node && card.contains(event.target);
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = anywhere[key] ?? (isInside ? onCard[key] : undefined);
    if (!act) return;
    event.preventDefault();
    act();
  }

  document.addEventListener("keydown", hear, { capture: true }); // before the page's own Escape
}
