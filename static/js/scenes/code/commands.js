// @ts-check
// What one can do with the line: paste another, train it, copy it, let go of a word.

import { changeDetails } from "../../control/details.js";
import { isMeant } from "../../control/letters.js";
import { byId } from "../../views/elements.js";
import { copyScript } from "./copying.js";

/** @typedef {Pick<import("./code.js").CodeScene, "subject" | "firstLine" | "pasting" | "written">} Shown */

export class LineCommands {
  /** Copied last, or to begin with. */
  #library = "keras";

  /**
   * @param {import("../../store.js").Store} store
   * @param {import("../../types.js").Commands} commands
   * @param {Shown} shown
   */
  constructor(store, commands, shown) {
    this.store = store;
    this.commands = commands;
    this.shown = shown;
    byId("code-paste").onclick = () => shown.pasting.toggle(shown.firstLine);
    byId("code-train").onclick = () => this.#train();
    for (const button of byId("code-copies").querySelectorAll("button"))
      button.onclick = () => this.#copy(button.dataset.library, button);
    document.addEventListener("keydown", (event) => this.#hearKey(event), true);
  }

  /** @param {string | undefined} library @param {HTMLElement} button */
  #copy(library, button) {
    const { subject, written } = this.shown;
    if (!library || !subject) return;
    this.#library = library;
    copyScript(written.of(subject), library, button);
  }

  async #train() {
    const { store, commands } = this;
    const { pasting } = this.shown;
    if (store.state.pending !== null) return;
    const { isOwn } = pasting;
    const meant = isOwn ? await pasting.read() : null;
    if (isOwn && !meant) return;
    const run = await (meant ? commands.startRecipe(meant.read.recipe) : commands.start());
    if (run) commands.openScene("live");
  }

  /** Esc lets go of the word, C copies. @param {KeyboardEvent} event */
  #hearKey(event) {
    const { view } = this.store.state;
    if (view.scene !== "code" || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target instanceof Element && event.target.matches("textarea, input, select");
    if (event.key === "Escape" && (view.details.word || view.details.paste)) {
      event.preventDefault();
      if (isTyping) byId("code-paste").focus();
      changeDetails(this.store, view.details.word ? { word: "" } : { paste: "" });
    } else if (event.key.toLowerCase() === "c" && !isTyping && isMeant(event)) {
      event.preventDefault();
      this.#copy(this.#library, byId("code-copies").querySelector(`[data-library="${this.#library}"]`));
    }
  }
}
