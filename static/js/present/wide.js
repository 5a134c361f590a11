// @ts-check
// Microscope, Draw and Twins in front of a class: no bar, larger words, the whole screen.

import { byId, make } from "../views/elements.js";
import { loadSheet } from "../views/sheet.js";

/** @param {import("../store.js").Store} store */
export function mountWide(store) {
  const wide = new Wide();
  store.subscribe(({ view }, before) => view.scene !== before.view.scene && wide.end());
  return wide;
}

export class Wide {
  /** The rules that hold meanwhile. @type {Promise<HTMLLinkElement> | null} */
  #sheet = null;

  constructor() {
    const words = ["End ", make("kbd", { class: "key" }, "P")];
    this.button = make("button", { class: "button wide-end", type: "button", hidden: true }, ...words);
    this.button.onclick = () => this.end();
    byId("scrubber").closest(".dock")?.querySelector(".end")?.append(this.button);
    document.addEventListener("fullscreenchange", () => document.fullscreenElement || this.end());
    document.addEventListener("keydown", (event) => this.#press(event), true);
  }

  get isOn() {
    return document.body.classList.contains("presenting");
  }

  async begin() {
    await (this.#sheet ??= loadSheet("presenting"));
    this.#turn(true);
  }

  end() {
    if (!this.isOn) return;
    this.#turn(false);
    if (document.fullscreenElement) document.exitFullscreen();
  }

  /** @param {boolean} isOn */
  #turn(isOn) {
    document.body.classList.toggle("presenting", isOn);
    this.button.hidden = !isOn;
    dispatchEvent(new Event("resize"));
  }

  /** Outside the whole screen Escape ends it too. @param {KeyboardEvent} event */
  #press(event) {
    if (!this.isOn || event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    event.stopPropagation();
    this.end();
  }
}
