// @ts-check
// Microscope, Draw and Twins in front of a class: no bar, larger words, the whole screen.

import { changeDetails } from "../control/details.js";
import { isPresented } from "../state/presented.js";
import { byId, make } from "../views/elements.js";
import { loadSheet } from "../views/sheet.js";

/** @param {import("../store.js").Store} store */
export function mountWide(store) {
  const wide = new Wide(() => changeDetails(store, { presented: "" }));
  store.subscribe(({ view }) => wide.show(isPresented(view)));
}

class Wide {
  #isOn = false;
  /** The rules that hold meanwhile. @type {Promise<HTMLLinkElement> | null} */
  #sheet = null;

  /** @param {() => void} end  asks for the end of it */
  constructor(end) {
    const words = ["End ", make("kbd", { class: "key" }, "P")];
    this.button = make("button", { class: "button wide-end", type: "button", hidden: true }, ...words);
    this.button.onclick = end;
    byId("scrubber").closest(".dock")?.querySelector(".end")?.append(this.button);
    document.addEventListener("fullscreenchange", () => document.fullscreenElement || !this.#isOn || end());
    document.addEventListener("keydown", (event) => this.#press(event, end), true);
  }

  /** @param {boolean} isOn */
  async show(isOn) {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    await (this.#sheet ??= loadSheet("presenting"));
    if (isOn !== this.#isOn) return;
    document.body.classList.toggle("presenting", isOn);
    this.button.hidden = !isOn;
    if (!isOn && document.fullscreenElement) document.exitFullscreen();
    dispatchEvent(new Event("resize"));
  }

  /** Outside the whole screen Escape ends it too. @param {KeyboardEvent} event @param {() => void} end */
  #press(event, end) {
    if (!this.#isOn || event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    event.stopPropagation();
    end();
  }
}
