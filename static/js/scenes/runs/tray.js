// @ts-check
// What can be done with those that are ticked, and what they differ in.

import { byId, make, write } from "../../views/elements.js";
import { grouped } from "../../words/numbers.js";
import { offersFor } from "./offers.js";
import { differenceWords } from "./words.js";

/** @typedef {import("../../types.js").Run} Run */

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

  /** @param {Run[]} runs @param {number} shown  how many the list has */
  show(runs, shown) {
    this.showCounts(runs.length, shown);
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

  /** What would tick all, in the tray and above all boxes. @param {number} ticked @param {number} shown */
  showCounts(ticked, shown) {
    byId("runs-all").hidden = ticked >= shown;
    write(byId("runs-all"), `Tick all ${grouped(shown)}`);
    const all = shown > 0 && ticked >= shown;
    this.head.dataset.all = all ? "yes" : "";
    this.head.classList.toggle("some", ticked > 0);
    write(this.head, all ? "✓" : ticked ? "–" : "");
    this.head.setAttribute("aria-label", all ? "Untick all" : `Tick all ${grouped(shown)}`);
  }
}
