// @ts-check
// The cells in their rows and columns, under the names of their settings, and the keys among them.

import { make } from "../views/elements.js";
import { CellView } from "./cell.js";
import { joined, keyOf, panelsOf } from "./model.js";

/**
 * @typedef {import("./model.js").Axis} Axis
 * @typedef {import("./model.js").Layout} Layout
 * @typedef {import("./model.js").Sweep} Sweep
 * @typedef {{choose: (at: number[]) => void, open: (at: number[]) => void}} Acts
 */

/** @type {Record<string, [number, number]>} rows and columns */
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** Of small maps: a cell that is less wide has no room for words, in CSS pixels. */
const ROOMY = 120;

export class Grid {
  /** @type {Map<string, CellView>} */
  cells = new Map();
  #drawn = "";
  #chosen = "";
  /** @type {number[][][]} */
  #rows = [];

  /** @param {HTMLElement} root @param {Acts} acts */
  constructor(root, acts) {
    this.root = root;
    this.acts = acts;
    root.addEventListener("click", (event) => this.#click(event));
    root.addEventListener("dblclick", (event) => this.#withCell(event, (at) => acts.open(at)));
    root.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#fit()).observe(root);
  }

  /** @param {Sweep} sweep @param {Layout} layout @param {number[] | null} chosen */
  arrange(sweep, layout, chosen) {
    const key = JSON.stringify([sweep.id, layout]);
    if (key !== this.#drawn) {
      this.#drawn = key;
      this.#build(sweep, layout);
    }
    const wanted = chosen && this.cells.has(keyOf(chosen)) ? keyOf(chosen) : keyOf(this.#rows[0][0]);
    if (wanted === this.#chosen) return;
    this.#chosen = wanted;
    for (const [place, cell] of this.cells) cell.choose(place === wanted);
  }

  /** @param {Sweep} sweep @param {Layout} layout */
  #build({ axes, name }, layout) {
    this.cells.clear();
    this.#chosen = "";
    const panels = panelsOf(axes, layout);
    this.#rows = joined(panels);
    const across = axes[layout.across];
    const down = layout.down === null ? null : axes[layout.down];
    this.root.style.setProperty("--columns", String(across.values.length));
    this.root.classList.toggle("many", panels.length > 1);
    this.root.ariaLabel = `${name}: ${across.title} across${down ? `, ${down.title} down` : ""}`;
    this.root.replaceChildren(...panels.map((panel) => this.#panel(axes, layout, panel)));
    this.#fit();
  }

  #fit() {
    const [first] = this.cells.values();
    const isMany = this.root.classList.contains("many");
    this.root.classList.toggle("tight", isMany && first.root.clientWidth < ROOMY);
  }

  /** @param {Axis[]} axes @param {Layout} layout @param {import("./model.js").Panel} panel */
  #panel(axes, { across, down }, panel) {
    const settings = down === null ? null : axes[down];
    const heads = axes[across].words.map((words) => make("span", { role: "columnheader" }, words));
    const corner = make("span", { role: "columnheader", class: "map-corner" }, settings?.title ?? "");
    const rows = panel.rows.map((places, row) => {
      const head = make("span", { role: "rowheader" }, settings ? settings.words[row] : "");
      return make(
        "div",
        { class: "map-row", role: "row" },
        head,
        ...places.map((at) => this.#cell(axes, at)),
      );
    });
    const names = make("div", { class: "map-row map-heads", role: "row" }, corner, ...heads);
    if (!panel.words) return make("div", { role: "rowgroup" }, names, ...rows);
    const title = make("span", { role: "columnheader" }, panel.words);
    return make(
      "div",
      { class: "map-panel", role: "rowgroup", "aria-label": panel.words },
      make("div", { class: "map-panel-title", role: "row" }, title),
      ...[names, ...rows],
    );
  }

  /** @param {Axis[]} axes @param {number[]} at */
  #cell(axes, at) {
    const cell = new CellView(axes, at);
    cell.root.dataset.at = keyOf(at);
    this.cells.set(keyOf(at), cell);
    return cell.root;
  }

  /** @param {Event} event @param {(at: number[], key: string) => void} call */
  #withCell(event, call) {
    const cell = event.target instanceof Element ? event.target.closest(".map-cell") : null;
    if (cell instanceof HTMLElement)
      call(String(cell.dataset.at).split("-").map(Number), String(cell.dataset.at));
  }

  /** Chooses; once more on the chosen one opens its run. @param {MouseEvent} event */
  #click(event) {
    if (event.detail > 1) return; // the second of a double click
    this.#withCell(event, (at, key) => (key === this.#chosen ? this.acts.open(at) : this.acts.choose(at)));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    this.#withCell(event, (at, key) => {
      if (event.key === "Enter") this.acts.open(at);
      else if (event.key === " ") this.acts.choose(at);
      else if (!this.#move(event, key)) return;
      event.preventDefault();
    });
  }

  /** @param {KeyboardEvent} event @param {string} from */
  #move({ key, shiftKey, ctrlKey }, from) {
    const row = this.#rows.findIndex((places) => places.some((at) => keyOf(at) === from));
    const places = this.#rows[row];
    const column = places.findIndex((at) => keyOf(at) === from);
    const [down, right] = MOVES[key] ?? [0, 0];
    const end = key === "Home" ? 0 : key === "End" ? places.length - 1 : null;
    if (shiftKey || (!MOVES[key] && end === null)) return false;
    const toRow = end !== null && ctrlKey ? (end ? this.#rows.length - 1 : 0) : row + down;
    const at = this.#rows[toRow]?.[end ?? column + right];
    if (at) {
      this.acts.choose(at);
      this.cells.get(keyOf(at))?.root.focus();
    }
    return true;
  }
}
