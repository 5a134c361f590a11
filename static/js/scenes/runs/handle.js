// @ts-check
// Buttons in rows are for hands: by keys the grid does the same.

import { make } from "../../views/elements.js";

/** @param {string} act @param {string} text */
export function handle(act, text) {
  const properties = { class: `runs-${act}`, type: "button", tabIndex: -1, "data-act": act };
  return make("button", properties, text);
}
