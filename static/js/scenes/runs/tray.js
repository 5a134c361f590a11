// @ts-check
// What can be done with those that are ticked, and what they differ in.

import { byId, make, write } from "../../views/elements.js";
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
  }

  /** @param {Run[]} runs */
  show(runs) {
    this.root.classList.toggle("has-ticked", runs.length > 0);
    write(byId("runs-ticked"), runs.length ? `${runs.length} chosen` : "");
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
}
