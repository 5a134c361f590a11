// @ts-check
// What can be done with those that are ticked, and what they differ in.

import { byId, make, write } from "../../views/elements.js";
import { grouped } from "../../words/numbers.js";
import { offersFor } from "./offers.js";
import { differenceWords } from "./words.js";

export class Tray {
  /** @param {(act: string) => void} act */
  constructor(act) {
    this.act = act;
    this.root = byId("runs-tray");
    this.buttons = byId("runs-offers");
    byId("runs-clear").onclick = () => act("clear");
    byId("runs-delete").onclick = () => act("delete");
    byId("runs-take-ticked").onclick = () => act("take");
    byId("runs-all").onclick = () => act("all");
    this.head = byId("runs-tick-all");
    this.head.onclick = () => act(this.head.dataset.all ? "clear" : "all");
  }

  /** @param {import("./ticks.js").Ticks} ticks @param {number} shown  how many the list has */
  show(ticks, shown) {
    const { runs } = ticks;
    this.showCounts(ticks, shown);
    write(byId("runs-take-ticked"), runs.length === 1 ? "Take it with you" : "Take them with you");
    this.root.classList.toggle("has-ticked", runs.length > 0);
    write(byId("runs-ticked"), runs.length ? `${grouped(runs.length)} chosen` : "");
    write(byId("runs-differ"), differenceWords(runs));
    const key = String(runs.length);
    if (this.buttons.dataset.key === key) return;
    this.buttons.dataset.key = key;
    const offers = runs.length ? offersFor(runs.length) : [];
    this.buttons.replaceChildren(
      ...offers.map(([act, title], at) =>
        make(
          "button",
          { class: at ? "button" : "button filled", type: "button", onclick: () => this.act(act) },
          title,
        ),
      ),
    );
  }

  /**
   * What would tick all, in the tray and above all boxes.
   * @param {import("./ticks.js").Ticks} ticks
   * @param {number} shown
   */
  showCounts({ count, isAll: all }, shown) {
    byId("runs-all").hidden = all || !shown;
    write(byId("runs-all"), `Tick all ${grouped(shown)}`);
    this.head.dataset.all = all ? "yes" : "";
    this.head.classList.toggle("some", count > 0);
    write(this.head, all ? "✓" : count ? "–" : "");
    this.head.setAttribute("aria-label", all ? "Untick all" : `Tick all ${grouped(shown)}`);
  }
}
