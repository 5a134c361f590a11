// @ts-check
// The “?” explanations: one sentence on hover and on focus, Escape closes.

import { HINTS } from "../words/filters.js";
import { TERMS } from "../words/glossary.js";
import { byId, make, write } from "./elements.js";

const GLOSSARY = "Press it for the glossary.";

export function mountHints() {
  const box = byId("hint-text");
  /** @type {Element | null} */
  let shownFor = null;

  /** @param {Event} event */
  function show(event) {
    const button = event.target instanceof Element ? event.target.closest(".hint") : null;
    if (!(button instanceof HTMLElement)) return;
    shownFor = button;
    say(box, button);
    box.hidden = false;
    // A dialog lies above everything outside it, so the explanation goes in there.
    (button.closest("dialog") ?? document.body).append(box);
    button.setAttribute("aria-describedby", box.id);
    placeBeside(box, button);
  }

  function hide() {
    shownFor?.removeAttribute("aria-describedby");
    shownFor = null;
    box.hidden = true;
  }

  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, show);
  for (const kind of ["pointerout", "focusout"]) {
    document.addEventListener(kind, (event) => shownFor && event.target === shownFor && hide());
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}

/**
 * Its sentence, and whether a word of the glossary says more.
 * @param {Element} box
 * @param {HTMLElement} button
 */
function say(box, { dataset: { says, hint = "", term } }) {
  write(box, says ?? HINTS[hint] ?? "");
  if (term || TERMS[hint]) box.append(make("small", {}, GLOSSARY));
}

/** @param {HTMLElement} box @param {HTMLElement} button */
function placeBeside(box, button) {
  const { left, top, bottom } = button.getBoundingClientRect();
  const x = Math.max(8, Math.min(left - 20, innerWidth - box.offsetWidth - 8));
  const below = bottom + 8 + box.offsetHeight < innerHeight;
  box.style.left = `${x}px`;
  box.style.top = `${below ? bottom + 8 : top - 8 - box.offsetHeight}px`;
}
