// @ts-check
// Bars with a name and a share each, the longest one in bold.

import { make, write } from "../../views/elements.js";
import { sureness } from "./words.js";

/** @typedef {{name: string, share: number}} Bar */

/**
 * @param {HTMLElement} list  a dl
 * @param {Bar[]} bars
 */
export function drawBars(list, bars) {
  while (list.children.length > bars.length) list.lastElementChild?.remove();
  while (list.children.length < bars.length) list.append(makeRow());
  const longest = Math.max(...bars.map(({ share }) => share));
  bars.forEach(({ name, share }, at) => {
    const row = list.children[at];
    const [term, value] = row.children;
    write(term, name);
    write(
      /** @type {Element} */ (value.lastElementChild),
      sureness(share).replace("under ", "< ").replace("over ", "> "),
    );
    const bar = /** @type {HTMLElement} */ (value.querySelector(".bar-filled"));
    bar.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
    row.classList.toggle("first", share === longest && share > 0);
  });
}

function makeRow() {
  const track = make(
    "span",
    { class: "bar-track", "aria-hidden": "true" },
    make("span", { class: "bar-filled" }),
  );
  return make(
    "div",
    { class: "share" },
    make("dt"),
    make("dd", {}, track, make("span", { class: "number" })),
  );
}
