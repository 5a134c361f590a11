// @ts-check
// How much room the network takes: a line of words, one row of pictures, or all that there is to see.

import { low, narrowerThan } from "./breakpoints.js";
import { byId } from "./elements.js";

/** @typedef {"line" | "folded" | "unfolded"} Form */

const KEY = "filterscope-network";
const phone = narrowerThan("phone");
/** Where so little is high, the filters need it. */
const short = matchMedia("(max-height: 799px)");

/** In a low window the row of pictures is asked for each time. */
let isAsked = false;

/** On a phone held upright there is room below, however low a window counts. @returns {Form} */
export function formOf() {
  const isLow = short.matches && !(phone.matches && !low.matches);
  if (isLow) return isAsked ? "folded" : "line";
  return kept() === "unfolded" && !phone.matches ? "unfolded" : "folded";
}

/** @type {Set<() => void>} */
const listeners = new Set();

/** Calls whoever draws it when it takes more or less room. @param {() => void} listener */
export const onFold = (listener) => listeners.add(listener);

/** Before anything of it is drawn, so that nothing below it jumps. */
export function mountFolding() {
  const root = byId("network");
  const button = byId("network-fold");
  const apply = () => {
    const form = formOf();
    root.dataset.form = form;
    const isOpen = form === "unfolded" || (form === "folded" && isAsked);
    button.setAttribute("aria-expanded", String(isOpen));
    button.firstElementChild.textContent = isOpen ? "Fold" : "Unfold";
    for (const listener of listeners) listener();
  };
  button.onclick = () => {
    if (formOf() === "line" || isAsked) isAsked = !isAsked;
    else keep(formOf() === "unfolded" ? "folded" : "unfolded");
    apply();
  };
  for (const query of [phone, low, short])
    query.addEventListener("change", () => {
      isAsked = false;
      apply();
    });
  apply();
}

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {Form} form */
function keep(form) {
  try {
    localStorage.setItem(KEY, form);
  } catch {
    // Holds until the page is closed.
  }
}
