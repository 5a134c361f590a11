// @ts-check
// Up to three rows, each a setting and the values that it is to have.

import { make } from "../../views/elements.js";
import { textOf, valuesIn } from "./fields.js";

/** @typedef {import("./fields.js").Sweepable} Sweepable */

const MOST = 3;
/** What a new sweep begins with, where the recipe has it. */
const USUAL = ["optimizer.learning_rate", "layers.0.weight_decay", "layers.0.kernel_size", "batch_size"];

export class AxesForm {
  /** @type {{field: string, text: string}[]} */
  #rows = [];
  /** @type {Sweepable[]} */
  #fields = [];

  /** @param {HTMLElement} root @param {HTMLButtonElement} add @param {() => void} changed */
  constructor(root, add, changed) {
    this.root = root;
    this.add = add;
    this.changed = changed;
    add.onclick = () => this.#more();
  }

  /** @param {Sweepable[]} fields  of another recipe */
  begin(fields) {
    this.#fields = fields;
    this.#rows = [];
    this.#append();
    this.#append();
    this.#build();
  }

  get axes() {
    return this.#rows.map(({ field, text }) => ({ field, values: valuesIn(text) }));
  }

  #append() {
    const taken = new Set(this.#rows.map(({ field }) => field));
    const free = this.#fields.filter(({ field }) => !taken.has(field));
    const usual = USUAL.map((name) => free.find(({ field }) => field === name)).find(Boolean) ?? free[0];
    if (usual) this.#rows.push({ field: usual.field, text: textOf(usual.suggested) });
  }

  #more() {
    this.#append();
    this.#build();
    /** @type {HTMLElement | null} */ (this.root.lastElementChild?.querySelector("select") ?? null)?.focus();
    this.changed();
  }

  #build() {
    this.root.replaceChildren(...this.#rows.map((row, place) => this.#row(row, place)));
    this.add.hidden = this.#rows.length >= MOST;
  }

  /** @param {{field: string, text: string}} row @param {number} place */
  #row(row, place) {
    const name = `Setting ${place + 1}`;
    const field = make("select", { "aria-label": name }, ...this.#options());
    field.value = row.field;
    const values = make("input", { type: "text", value: row.text, autocomplete: "off", spellcheck: false });
    values.ariaLabel = `Values of setting ${place + 1}, with commas between`;
    values.dataset.axis = String(place);
    values.oninput = () => this.#tell(place, { text: values.value });
    field.onchange = () => {
      const known = this.#fields.find((one) => one.field === field.value);
      values.value = textOf(known?.suggested ?? []);
      this.#tell(place, { field: field.value, text: values.value });
    };
    const label = `Leave out setting ${place + 1}`;
    const remove = make("button", { class: "button plain", type: "button", "aria-label": label }, "×");
    remove.hidden = this.#rows.length < 2;
    remove.onclick = () => this.#remove(place);
    return make("div", { class: "map-axis" }, field, values, remove);
  }

  /** @param {number} place @param {{field?: string, text?: string}} change */
  #tell(place, change) {
    this.#rows[place] = { ...this.#rows[place], ...change };
    this.changed();
  }

  /** @param {number} place */
  #remove(place) {
    this.#rows.splice(place, 1);
    this.#build();
    this.add.focus();
    this.changed();
  }

  /** The settings, in groups as the builder has them. */
  #options() {
    const groups = [...new Set(this.#fields.map(({ group }) => group))];
    return groups.map((label) => {
      const own = this.#fields.filter(({ group }) => group === label);
      return make(
        "optgroup",
        { label },
        ...own.map(({ field, title }) => make("option", { value: field }, title)),
      );
    });
  }
}
