// @ts-check
// Runs to put beside one that was trained elsewhere: a button each.

import { comparableRuns } from "../../state/comparable.js";
import { canRerun } from "../../state/known.js";
import { Changes } from "../../views/changes.js";
import { byId, make, write } from "../../views/elements.js";

/** @typedef {import("../../types.js").Run} Run */

const MOST = 12;
const FEW = 3;
const MOST_PAGES = 4;

export class Offers {
  #changes = new Changes();
  /** Where pages of older runs began that were asked for. @type {Set<string>} */
  #asked = new Set();

  /** @param {import("../../types.js").Commands} commands */
  constructor(commands) {
    this.commands = commands;
    this.root = byId("twins-offers");
  }

  /** @param {import("../../types.js").State} state */
  draw(state) {
    const { run, runs, view, runsCursor } = state;
    byId("twins-changing").hidden = !canRerun(state);
    byId("twins-offering").hidden = canRerun(state); // empty it keeps its row
    if (canRerun(state)) return;
    const beside = view.details.with;
    if (!this.#changes.found(run?.id, runs, beside, runsCursor)) return;
    const offered = comparableRuns(state).slice(0, MOST);
    this.#lookFurther(offered.length, runsCursor);
    write(byId("twins-offers-title"), offered.length ? "Put beside it" : "");
    const isFocused = this.root.contains(document.activeElement);
    const buttons = offered.map((one) => this.#button(one, one.id === beside));
    const more = make("button", { class: "link", type: "button", onclick: () => this.commands.moreRuns() });
    more.textContent = "Look among older runs";
    this.root.replaceChildren(
      ...[...buttons, ...(runsCursor ? [more] : [])].map((one) => make("li", {}, one)),
    );
    if (isFocused) (buttons.find(({ ariaPressed }) => ariaPressed === "true") ?? buttons[0])?.focus();
  }

  /**
   * While few are found, among some pages of older ones.
   * @param {number} found
   * @param {string | null} cursor
   */
  #lookFurther(found, cursor) {
    if (cursor === null || found >= FEW || this.#asked.size >= MOST_PAGES || this.#asked.has(cursor)) return;
    this.#asked.add(cursor);
    this.commands.moreRuns();
  }

  /** @param {Run} run @param {boolean} isBeside */
  #button({ id, name, status, step }, isBeside) {
    const onclick = () => this.commands.chooseDetails({ with: id });
    const state = status === "finished" ? `${step} steps` : `${status}, step ${step}`;
    const properties = { class: "button", type: "button", onclick, "aria-pressed": String(isBeside) };
    return make("button", properties, make("bdi", {}, name), make("span", { class: "quiet" }, state));
  }
}
