// @ts-check
// The button for a video: it says how far that is, and cancels it when it is pressed once more.

import { write } from "../views/elements.js";
import { fetchExport } from "./fetching.js";
import { queryOf } from "./query.js";

/** @typedef {(make: () => Promise<import("./fetching.js").Download>) => Promise<void>} Take  hands it over */

/** Why no video can be made here; null where it can. */
function whyNot() {
  if (typeof VideoEncoder !== "undefined") return null;
  return isSecureContext
    ? "This browser makes no videos; GIF plays as a film, too."
    : "Browsers make videos only of pages from https or localhost; GIF plays as a film, too.";
}

export class VideoButton {
  /** @type {AbortController | null} */
  #making = null;

  /**
   * @param {HTMLElement} button
   * @param {import("../store.js").Store} store
   * @param {Take} take
   */
  constructor(button, store, take) {
    this.button = button;
    this.store = store;
    this.title = button.children[0];
    this.about = button.children[1];
    this.words = this.about.textContent ?? "";
    button.onclick = () => this.#press(take);
    this.rest();
  }

  /** As it is while nothing is made. */
  rest() {
    const why = whyNot();
    write(this.title, "WebM");
    write(this.about, why ?? this.words);
    this.button.ariaDisabled = why ? "true" : "false";
  }

  /** @param {Take} take */
  async #press(take) {
    const { run } = this.store.state;
    if (this.#making) return this.#making.abort();
    if (!run || this.button.ariaDisabled === "true") return;
    this.#making = new AbortController();
    await take(() => this.#make(run.id, /** @type {AbortController} */ (this.#making).signal));
    this.#making = null;
    this.rest();
  }

  /** @param {string} run @param {AbortSignal} signal */
  async #make(run, signal) {
    write(this.title, "Cancel");
    write(this.about, "The server draws its frames…");
    this.button.ariaDisabled = "false";
    const film = await fetchExport(run, queryOf("format=webp", this.store.state), signal);
    const { videoOf } = await import("./video.js");
    const tell = (/** @type {number} */ done, /** @type {number} */ all) =>
      write(this.about, `${done} of ${all} frames`);
    return { file: await videoOf(film.file, tell, signal), name: film.name.replace(/\.webp$/, ".webm") };
  }
}
