// @ts-check
// The kinds of layers to add: a row below the stack, and a menu at the place where one is wanted.

import { LAYER_KINDS } from "../../recipe_catalogue.js";
import { byId, make } from "../../views/elements.js";

/** @typedef {(type: string, at: number) => void} Add */

export class Palette {
  #at = 0;
  /** @type {Element | null} */
  #from = null;

  /** @param {Add} add @param {() => number} below  the place below the chosen block */
  constructor(add, below) {
    this.menu = byId("build-menu");
    const items = LAYER_KINDS.map(({ type, title }) => {
      const act = () => {
        this.close(false);
        add(type, this.#at);
      };
      return make("button", { type: "button", role: "menuitem", tabIndex: -1, onclick: act }, title);
    });
    this.menu.replaceChildren(...items);
    byId("build-palette").replaceChildren(
      ...LAYER_KINDS.map(({ type, title }) =>
        make("button", { class: "button", type: "button", onclick: () => add(type, below()) }, `+ ${title}`),
      ),
    );
    this.menu.onkeydown = (/** @type {KeyboardEvent} */ event) => this.#press(event, items);
    this.menu.onfocusout = (/** @type {FocusEvent} */ event) => {
      if (!this.menu.contains(/** @type {Node | null} */ (event.relatedTarget))) this.menu.hidden = true;
    };
  }

  /** @param {number} at  the place of the new layer @param {Element} beside */
  open(at, beside) {
    this.#at = at;
    this.#from = beside;
    this.menu.hidden = false;
    const { left, top, bottom } = beside.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.menu;
    const below = bottom + height + 8 < innerHeight;
    this.menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    this.menu.style.top = `${below ? bottom + 4 : Math.max(8, top - height - 4)}px`;
    this.menu.firstElementChild.focus();
  }

  close(goesBack = true) {
    this.menu.hidden = true;
    if (goesBack && this.#from instanceof HTMLElement) this.#from.focus();
  }

  /** @param {KeyboardEvent} event @param {HTMLElement[]} items */
  #press(event, items) {
    const here = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === "Escape") this.close();
    else if (to === undefined) return;
    else items[(to + items.length) % items.length].focus();
    event.preventDefault();
    event.stopPropagation();
  }
}
