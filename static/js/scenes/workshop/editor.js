// @ts-check
// The filter in the editor: cells one types into, drags over and walks through with the arrow keys.

import { byId, make, onChoice, write } from "../../views/elements.js";
import { CellGrid, shownIn } from "./cells.js";
import { SIZES, withCell } from "./edits.js";
import { withChannels, withSize } from "./reshaping.js";
import { listenToCells } from "./typing.js";
import { scaleWords, short, weightIn } from "./words.js";

/** @typedef {import("./cells.js").Cell} Cell */

export class Editor {
  /** @type {Cell} */
  cell = [0, 0];
  /** What is edited; null is all channels alike. @type {number | null} */
  channel = null;
  /** What is being typed into the cell. @type {string | null} */
  typed = null;

  /** @param {import("./bank.js").Bank} bank @param {() => void} moved  to another cell or channel */
  constructor(bank, moved) {
    this.bank = bank;
    this.moved = moved;
    this.grid = new CellGrid(byId("shop-cells"));
    this.number = byId("shop-number");
    listenToCells(byId("shop-cells"), this);
    this.#mountControls();
    this.middle();
  }

  #mountControls() {
    const { bank } = this;
    const [size, channels] = [byId("shop-size"), byId("shop-channels")];
    size.replaceChildren(...SIZES.map((one) => make("option", { value: String(one) }, `${one} × ${one}`)));
    size.onchange = () => {
      bank.change((filters) => withSize(filters, Number(size.value)));
      this.middle();
    };
    channels.onchange = () => bank.change((filters) => withChannels(filters, Number(channels.value)));
    onChoice("shop-channel", (value) => {
      this.channel = value === "" ? null : Number(value);
      this.moved();
    });
    byId("shop-undo").onclick = () => bank.undo();
    byId("shop-redo").onclick = () => bank.redo();
    this.number.oninput = () => this.#set(weightIn(this.number.value), "typed");
    this.number.onchange = () => this.draw();
  }

  /** The middle cell, from where a filter is usually begun. */
  middle() {
    const middle = Math.floor((this.bank.filters.size - 1) / 2);
    this.go([middle, middle]);
  }

  /** @param {Cell} cell */
  go([row, column]) {
    const last = this.bank.filters.size - 1;
    const within = (/** @type {number} */ place) => Math.max(0, Math.min(last, place));
    this.endTyping();
    this.cell = [within(row), within(column)];
    this.moved();
  }

  /** @param {number} down @param {number} right */
  move(down, right) {
    this.go([this.cell[0] + down, this.cell[1] + right]);
    this.draw();
    this.grid.focus(this.cell);
  }

  /** What the chosen cell holds. */
  value() {
    const { filters } = this.bank;
    const at = this.cell[0] * filters.size + this.cell[1];
    return shownIn(filters, this.bank.weights(), this.#channel()).values[at];
  }

  /** @param {string} text  of a number that may not be whole yet */
  type(text) {
    this.typed = text;
    this.#set(weightIn(text), "typed");
    this.moved();
  }

  endTyping() {
    if (this.typed !== null) this.bank.seal();
    this.typed = null;
  }

  /** As it was before one typed. */
  cancelTyping() {
    const hadValue = this.typed !== null && weightIn(this.typed) !== null;
    this.endTyping();
    if (hadValue) this.bank.undo();
    this.moved();
  }

  /** @param {number} by */
  nudge(by) {
    this.endTyping();
    this.#set(Math.round((this.value() + by) * 1e6) / 1e6, "nudged");
  }

  /** Carries a number into a cell, as one stroke. @param {Cell} cell @param {number} value */
  paint(cell, value) {
    this.cell = cell;
    this.#set(value, "painted", "");
  }

  /**
   * @param {number | null} value
   * @param {string} how
   * @param {string} [where]  changes alike in both are undone at once
   */
  #set(value, how, where = this.cell.join()) {
    if (value === null) return;
    const { cell } = this;
    const channel = this.#channel();
    this.bank.change((filters) => withCell(filters, cell, channel, value), `${how} ${where}`);
  }

  #channel() {
    return this.bank.filters.channels === 3 ? this.channel : null;
  }

  draw() {
    const { bank, number } = this;
    const { size, channels, chosen } = bank.filters;
    if (this.cell.some((place) => place >= size)) return this.middle();
    const shown = shownIn(bank.filters, bank.weights(), this.#channel());
    this.grid.draw(shown, size, this.cell, this.typed);
    write(byId("shop-title"), `Filter ${chosen + 1}`);
    byId("shop-size").value = String(size);
    byId("shop-channels").value = String(channels);
    byId("shop-channel").hidden = channels === 1;
    write(byId("shop-place"), `Row ${this.cell[0] + 1}, column ${this.cell[1] + 1}`);
    if (document.activeElement !== number) number.value = this.typed ?? short(this.value());
    write(byId("shop-scale"), scaleWords(shown.limit, shown.isColour));
    byId("shop-undo").disabled = !bank.canUndo;
    byId("shop-redo").disabled = !bank.canRedo;
  }
}
