// @ts-check
// What can be pressed before all that it needs is there: a file is chosen at once and opened later, and a
// click that has to wait is given when what hears it has come.

import { byId } from "../views/elements.js";

const LATER = "#help-open, #export-open, [data-save]";
const OPENERS = { "file-input": "[data-open-file]", "folder-input": "[data-open-folder]" };

/** Keeps the newest click on what is wired later. @returns {() => void}  gives it and keeps no more */
export function keepEarlyClicks() {
  /** @type {HTMLElement | null} */
  let kept = null;
  const keep = (/** @type {MouseEvent} */ event) => {
    const control = event.target instanceof Element ? event.target.closest(LATER) : null;
    if (!(control instanceof HTMLElement)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    kept = control;
  };
  document.addEventListener("click", keep, { capture: true });
  return () => {
    document.removeEventListener("click", keep, { capture: true });
    kept?.click();
  };
}

/** A browser lets files be chosen within seconds of the click alone, so this can't wait. */
export function listenToOpeners() {
  document.addEventListener("click", ({ target }) => {
    for (const [input, openers] of Object.entries(OPENERS))
      if (target instanceof Element && target.closest(openers)) byId(input).click();
  });
}
