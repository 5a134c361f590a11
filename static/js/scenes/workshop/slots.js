// @ts-check
// The bank as a row of filters: one is in the editor, some may be empty.

import { byId, make, write } from "../../views/elements.js";
import { emptied, withSlot } from "./edits.js";
import { paintFilter } from "./tile.js";

/** @typedef {import("./edits.js").Slot} Slot */

const TILE = 63;

export class Slots {
  /** @type {HTMLElement[]} */
  #tiles = [];
  /** As each was painted last. @type {(Slot | null | undefined)[]} */
  #painted = [];
  /** @type {Slot | null} */
  #copied = null;

  /** @param {import("./bank.js").Bank} bank */
  constructor(bank) {
    this.bank = bank;
    this.root = byId("shop-slots");
    this.root.addEventListener("click", (/** @type {MouseEvent} */ { target }) => {
      const tile = target instanceof Element ? target.closest(".shop-slot") : null;
      if (tile instanceof HTMLElement) bank.choose(this.#tiles.indexOf(tile));
    });
    this.root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.#press(event));
    byId("shop-empty").onclick = () => bank.change(emptied);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { chosen, slots } = this.bank.filters;
    const columns = getComputedStyle(this.root).gridTemplateColumns.split(" ").length;
    /** @type {Record<string, number>} */
    const places = {
      ArrowLeft: chosen - 1,
      ArrowRight: chosen + 1,
      ArrowUp: chosen - columns,
      ArrowDown: chosen + columns,
      Home: 0,
      End: slots.length - 1,
    };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Delete" || event.key === "Backspace") this.empty();
    else if (event.key in places) this.#go(places[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} to */
  #go(to) {
    if (!this.#tiles[to]) return;
    this.bank.choose(to);
    this.draw();
    this.#tiles[to].focus();
  }

  /** Takes the chosen filter out of its slot. */
  empty() {
    if (this.bank.filters.slots[this.bank.filters.chosen])
      this.bank.change((filters) => withSlot(filters, null));
  }

  copy() {
    const { slots, chosen } = this.bank.filters;
    this.#copied = slots[chosen];
    return this.#copied !== null;
  }

  paste() {
    const copied = this.#copied;
    if (copied?.weights.length !== this.bank.weights().length) return;
    this.bank.change((filters) => withSlot(filters, copied));
  }

  draw() {
    const { slots, chosen } = this.bank.filters;
    if (this.#tiles.length !== slots.length) this.#build(slots.length);
    const next = slots.indexOf(null);
    slots.forEach((slot, at) => {
      const tile = this.#tiles[at];
      tile.tabIndex = at === chosen ? 0 : -1;
      tile.ariaSelected = String(at === chosen);
      tile.classList.toggle("empty", !slot);
      tile.classList.toggle("next", at === next);
      if (this.#painted[at] !== slot) this.#paint(tile, slot, at);
      this.#painted[at] = slot;
    });
    const { filled } = this.bank;
    write(byId("shop-count"), `${filled} of ${slots.length}`);
    byId("shop-emptying").hidden = !filled;
  }

  /** @param {HTMLElement} tile @param {Slot | null} slot @param {number} at */
  #paint(tile, slot, at) {
    const [canvas, caption] = [tile.querySelector("canvas"), tile.querySelectorAll("span")];
    if (slot && canvas) paintFilter(canvas, slot.weights, this.bank.filters, TILE);
    write(caption[1], slot?.label ?? "");
    tile.ariaLabel = slot ? `filter ${at + 1}: ${slot.label}` : `slot ${at + 1}: empty`;
  }

  /** @param {number} count */
  #build(count) {
    this.#painted = [];
    this.#tiles = Array.from({ length: count }, (_, at) =>
      make(
        "div",
        { class: "shop-slot", role: "option" },
        make("div", { class: "shop-tile" }, make("canvas", { "aria-hidden": "true" })),
        make("div", { class: "shop-caption" }, make("span", {}, String(at + 1)), make("span")),
      ),
    );
    this.root.replaceChildren(...this.#tiles);
  }
}
