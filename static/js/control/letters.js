// @ts-check
// Keys of one letter or mark can be switched off: whoever speaks to the computer presses them by accident.

import { byId } from "../views/elements.js";

const KEY = "filterscope-letters";

/** Whether a press is meant for us; keys with a name always are. @param {KeyboardEvent} event */
export const isMeant = (event) => event.key.length !== 1 || event.key === " " || byId("letters").checked;

export function mountLetters() {
  const box = byId("letters");
  box.checked = kept() !== "off";
  box.onchange = () => {
    try {
      localStorage.setItem(KEY, box.checked ? "on" : "off");
    } catch {
      // Holds until the page is closed.
    }
  };
}

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
