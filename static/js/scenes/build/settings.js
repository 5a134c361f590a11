// @ts-check
// The settings of the block that is chosen.

import { RECIPE_SETTINGS } from "../../recipe_catalogue.js";
import { make, write } from "../../views/elements.js";
import { makeRow } from "./controls.js";
import { PICTURE } from "./draft.js";
import { datasetChoices, layerKind, valueOf } from "./kinds.js";
import { titleOf } from "./words.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("../../recipe_catalogue.js").Setting} Setting
 * @typedef {object} Acts
 * @property {(path: (string | number)[], value: unknown) => void} set
 * @property {(by: number) => void} move  the chosen block up or down
 * @property {() => void} remove  the chosen block
 */

const PICTURE_SETTINGS = ["dataset", "scaling", "pixels", "labels", "data_seed"];

export class BlockSettings {
  #shown = "";
  /** @type {{setting: Setting, row: import("./controls.js").Row}[]} */
  #rows = [];

  /** @param {Acts} acts */
  constructor(acts) {
    this.acts = acts;
    this.title = make("h2", { id: "build-block-title" });
    this.aside = make("p", { class: "quiet build-alike" });
    this.handles = this.#makeHandles();
    this.list = make("div", { class: "build-rows" });
    this.root = make(
      "section",
      { class: "build-settings", "aria-labelledby": "build-block-title" },
      make("header", { class: "build-part-head" }, this.title, this.handles),
      this.list,
      this.aside,
    );
  }

  /** @param {Draft} draft */
  draw(draft) {
    const { recipe, chosen } = draft;
    const part = /** @type {Record<string, unknown>} */ (chosen === PICTURE ? recipe : recipe.layers[chosen]);
    if (!part) return;
    this.#arrange(chosen, chosen === PICTURE ? "" : recipe.layers[chosen].type);
    write(this.title, titleOf(recipe, chosen));
    this.handles.hidden = chosen === PICTURE;
    const [up, down] = /** @type {HTMLButtonElement[]} */ ([...this.handles.children]);
    up.disabled = chosen === 0;
    down.disabled = chosen === recipe.layers.length - 1;
    for (const { setting, row } of this.#rows) row.show(valueOf(part, setting), null);
    write(this.aside, this.#rows.length ? "" : "There is nothing to set.");
  }

  focus() {
    const first = this.list.querySelector(
      "input:checked, input:not([type=radio]), select, button:not(.hint)",
    );
    if (first instanceof HTMLElement) first.focus();
  }

  /** New rows where another kind of block is chosen. @param {number} chosen @param {string} type */
  #arrange(chosen, type) {
    const choices = datasetChoices();
    const key = `${chosen} ${type} ${chosen === PICTURE ? choices.join() : ""}`;
    if (key === this.#shown) return;
    this.#shown = key;
    const path = chosen === PICTURE ? [] : ["layers", chosen];
    const settings =
      chosen === PICTURE
        ? RECIPE_SETTINGS.filter(({ name }) => PICTURE_SETTINGS.includes(name))
        : layerKind(type).settings;
    this.#rows = settings.map((known) => {
      const setting = known.name === "dataset" ? { ...known, choices } : known;
      const row = makeRow(setting, (value) => this.acts.set([...path, setting.name], value));
      return { setting, row };
    });
    this.list.replaceChildren(...this.#rows.map(({ row }) => row.root));
  }

  #makeHandles() {
    const button = (/** @type {string} */ words, /** @type {() => void} */ act) =>
      make("button", { class: "button", type: "button", onclick: act }, words);
    return make(
      "div",
      { class: "build-handles" },
      button("Move up", () => this.acts.move(-1)),
      button("Move down", () => this.acts.move(1)),
      button("Remove", () => this.acts.remove()),
    );
  }
}
