// @ts-check
// The scene in which one makes filters by hand, sees at once what they answer, and keeps them as a bank.

import { byId, onChoice, write } from "../../views/elements.js";
import { Bank } from "./bank.js";
import { Editor } from "./editor.js";
import { underOf } from "./words.js";

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  const scene = new Workshop(store, commands);
  onChoice("shop-parts", (part) => (byId("shop").dataset.part = part));
  store.subscribe(() => scene.draw());
}

class Workshop {
  #asked = false;

  /** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    this.bank = new Bank();
    this.editor = new Editor(this.bank, () => this.ask());
    this.bank.subscribe(() => this.ask());
  }

  /** Draws in the next frame, however much changes until then. */
  ask() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.draw();
    });
  }

  draw() {
    if (this.store.state.view.scene !== "workshop") return;
    this.editor.draw();
    write(byId("shop-under"), underOf(this.bank.filled, this.bank.shape[3]));
  }
}
