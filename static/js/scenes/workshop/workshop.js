// @ts-check
// The scene in which one makes filters by hand, sees at once what they answer, and keeps them as a bank.

import { byId, onChoice, write } from "../../views/elements.js";
import { Bank } from "./bank.js";
import { Begin } from "./begin.js";
import { Editor } from "./editor.js";
import { Keeping } from "./keeping.js";
import { listenToShop } from "./keys.js";
import { emptyFor } from "./layer.js";
import { Learned } from "./learned.js";
import { Sight } from "./sight.js";
import { Slots } from "./slots.js";
import { mountTrial } from "./trial.js";
import { underOf } from "./words.js";

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  const scene = new Workshop(store);
  onChoice("shop-parts", (part) => (byId("shop").dataset.part = part));
  listenToShop(byId("scene-workshop"), scene);
  store.subscribe(() => scene.draw());
  mountTrial(store, commands, scene.bank);
}

const RESTED_MILLISECONDS = 400;

class Workshop {
  #asked = false;
  #isBegun = false;
  #resting = 0;

  /** @param {import("../../store.js").Store} store */
  constructor(store) {
    const ask = () => this.ask();
    this.store = store;
    this.bank = new Bank();
    this.keeping = new Keeping(this.bank);
    this.editor = new Editor(this.bank, ask);
    this.learned = new Learned(store, this.bank, ask);
    this.begin = new Begin(this.bank, () => this.editor.channel, this.learned);
    this.slots = new Slots(this.bank);
    this.sight = new Sight(store, this.bank, ask);
    this.#takeUp(this.keeping.shelf.draft());
    this.bank.subscribe(ask);
    this.bank.subscribe(() => this.#keepSoon());
    addEventListener("pagehide", () => this.#keep());
  }

  /**
   * Goes on with what one worked at before, or with an empty bank.
   * @param {import("./edits.js").Filters | null} filters
   */
  #takeUp(filters) {
    if (!filters || this.#isBegun) return;
    this.#isBegun = true;
    this.bank.begin(filters);
    this.editor.middle();
  }

  #keepSoon() {
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => this.#keep(), RESTED_MILLISECONDS);
  }

  #keep() {
    if (this.#isBegun) this.keeping.shelf.keepDraft(this.bank.filters);
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
    const { state } = this.store;
    if (state.view.scene !== "workshop") return;
    this.#takeUp(emptyFor(state));
    this.editor.draw();
    this.begin.draw();
    this.learned.draw(state);
    this.slots.draw();
    this.keeping.draw();
    this.sight.draw(state, this.editor.cell);
    write(byId("shop-under"), underOf(this.bank.filled, this.bank.shape[3]));
  }
}
