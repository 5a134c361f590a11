// @ts-check
// Search, filters and sort: what is set here stands in the address, and what stands there is set here.

import { isMeant } from "../../control/letters.js";
import { changeDetails } from "../../control/details.js";
import { Changes } from "../../views/changes.js";
import { byId, make } from "../../views/elements.js";
import { sortIn } from "./query.js";

/** @typedef {import("../../types.js").State} State */

const REST = 200; // milliseconds after a letter
const WORDS = "q"; // in the address
const FIELDS = ["experiment", "source", "status", "sweep", "seed", "sort"];
const NOTHING = Object.fromEntries([WORDS, ...FIELDS].map((field) => [field, ""]));

export class Choosing {
  #changes = new Changes();
  #typing = 0;

  /**
   * @param {import("../../store.js").Store} store
   * @param {HTMLElement} grid
   * @param {import("./sweep_names.js").SweepNames} sweeps
   */
  constructor(store, grid, sweeps) {
    this.store = store;
    this.grid = grid;
    this.sweeps = sweeps;
    this.search = byId("runs-search");
    this.search.oninput = () => {
      clearTimeout(this.#typing);
      this.#typing = window.setTimeout(() => this.#choose({}), REST);
    };
    this.search.onkeydown = (/** @type {KeyboardEvent} */ event) => this.#leaveSearch(event);
    for (const field of FIELDS)
      byId(`runs-${field}`).onchange = () => this.#choose({ [field]: byId(`runs-${field}`).value });
    for (const button of byId("runs-heads").querySelectorAll("[data-sort]"))
      button.onclick = () => this.#sortBy(button.dataset.sort);
    byId("runs-unfound-clear").onclick = () =>
      this.#choose({ ...NOTHING, sort: sortIn(store.state.view.details) });
    document.addEventListener("keydown", (event) => this.#startSearch(event));
    store.subscribe((state) => this.#show(state));
  }

  /** With what was typed a moment ago. @param {Record<string, string>} changes */
  #choose(changes) {
    /** @type {Record<string, string>} */
    const typed = this.#typing ? { [WORDS]: this.search.value } : {};
    clearTimeout(this.#typing);
    this.#typing = 0;
    if (this.store.state.view.scene !== "runs") return; // whoever left so soon doesn't look for it any more
    changeDetails(this.store, { ...typed, ...changes });
    this.grid.scrollTop = 0;
  }

  /** @param {string} sort */
  #sortBy(sort) {
    const before = sortIn(this.store.state.view.details);
    this.#choose({ sort: sort === "newest" && before === "newest" ? "oldest" : sort });
  }

  /** @param {KeyboardEvent} event */
  #startSearch(event) {
    const { target } = event;
    const isElsewhere = this.store.state.view.scene !== "runs" || document.querySelector("dialog[open]");
    const isTyping = target instanceof Element && target.matches("input, textarea, select");
    if (event.key !== "/" || isElsewhere || isTyping || event.ctrlKey || event.metaKey) return;
    if (!isMeant(event)) return;
    event.preventDefault();
    this.search.focus();
  }

  /** @param {KeyboardEvent} event */
  #leaveSearch(event) {
    if (event.key !== "Escape" && event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    this.grid.focus();
  }

  /** @param {State} state */
  #show({ view, presets }) {
    if (view.scene !== "runs" || !this.#changes.found(view.details, presets)) return;
    const { details } = view;
    if (document.activeElement !== this.search) this.search.value = details[WORDS] ?? "";
    const titles = (presets ?? []).map(({ name, title }) => make("option", { value: name }, title));
    byId("runs-experiment").replaceChildren(make("option", { value: "" }, "All experiments"), ...titles);
    this.sweeps.show(details.sweep ?? "");
    for (const field of FIELDS) {
      const chooser = byId(`runs-${field}`);
      chooser.value = field === "sort" ? sortIn(details) : (details[field] ?? "");
      chooser.classList.toggle("set", Boolean(details[field]));
    }
    this.#showSort(sortIn(details));
  }

  /** @param {string} sort */
  #showSort(sort) {
    for (const head of byId("runs-heads").querySelectorAll("[data-sort]")) {
      const isHere = head.dataset.sort === sort || (head.dataset.sort === "newest" && sort === "oldest");
      const way = sort === "oldest" || sort === "name" ? "ascending" : "descending";
      head.parentElement?.setAttribute("aria-sort", isHere ? way : "none");
    }
  }
}
