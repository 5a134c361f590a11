// @ts-check
// What can be done with one run: a menu beside its row, for hands; the keys it names do the same.

import { make } from "../../views/elements.js";

/** @typedef {{act: string, title: string, key: string, isFar?: boolean}} Entry */

export class Menu {
  #root = make("div", { class: "runs-menu", role: "menu", "aria-label": "This run", hidden: true });
  /** @type {(act: string) => void} */
  #chosen = () => {};

  /** @param {HTMLElement} beside @param {() => void} left  the keys are free again */
  constructor(beside, left) {
    this.left = left;
    beside.append(this.#root);
    this.#root.addEventListener("keydown", (event) => this.#press(event));
    this.#root.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.#root.contains(relatedTarget))) this.close(false);
    });
  }

  /** @param {DOMRect} at @param {Entry[]} entries @param {(act: string) => void} chosen */
  open(at, entries, chosen) {
    this.#chosen = chosen;
    this.#root.replaceChildren(...entries.map((entry) => this.#item(entry)));
    this.#root.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.#root;
    const top = at.bottom + height > innerHeight ? Math.max(0, at.top - height) : at.bottom;
    this.#root.style.top = `${top}px`;
    this.#root.style.left = `${Math.max(4, Math.min(at.right - width, innerWidth - width - 4))}px`;
    this.#items[0]?.focus();
  }

  /** @param {boolean} isBack  whether the keys go back to the table */
  close(isBack) {
    if (this.#root.hidden) return;
    this.#root.hidden = true;
    if (isBack) this.left();
  }

  get #items() {
    return /** @type {HTMLElement[]} */ ([...this.#root.children]);
  }

  /** @param {Entry} entry */
  #item({ act, title, key, isFar = false }) {
    const onclick = () => {
      this.close(true);
      this.#chosen(act);
    };
    const look = isFar ? "runs-item far" : "runs-item";
    const properties = { class: look, type: "button", role: "menuitem", tabIndex: -1, onclick };
    return make("button", properties, title, make("kbd", { class: "key", "aria-hidden": "true" }, key));
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    event.stopPropagation();
    const items = this.#items;
    const here = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    /** @type {Record<string, number>} */
    const to = { ArrowDown: here + 1, ArrowUp: here - 1 + items.length, Home: 0, End: items.length - 1 };
    if (event.key in to) items[to[event.key] % items.length].focus();
    else if (event.key === "Escape") this.close(true);
    else return;
    event.preventDefault();
  }
}
