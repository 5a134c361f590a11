// @ts-check
// A line of one's own: what is typed or pasted is read at once, and stays in the address where it is short.

import { changeDetails } from "../../control/details.js";
import { Reading } from "../../control/reading.js";
import { byId, write } from "../../views/elements.js";

const REST_MILLISECONDS = 250;
/** An address longer than some thousand characters is cut by those who pass it on. */
const LONGEST_IN_ADDRESS = 1500;

export class Pasting {
  /** Null while it is unknown. @type {import("../../control/reading.js").Meant | null} */
  meant = null;
  /** Why it can't be read. */
  problem = "";
  #text = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  /** @param {import("../../store.js").Store} store @param {() => void} redraw */
  constructor(store, redraw) {
    this.store = store;
    const hear = (/** @type {Pasting["meant"]} */ meant, /** @type {string} */ problem) => {
      this.meant = meant;
      this.problem = problem;
      redraw();
    };
    this.reading = new Reading({ onRead: (meant) => hear(meant, ""), onRefused: (why) => hear(null, why) });
    this.form = byId("code-form");
    this.field = /** @type {HTMLTextAreaElement} */ (byId("code-text"));
    this.field.oninput = () => {
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => this.#take(), REST_MILLISECONDS);
    };
    this.form.onsubmit = (/** @type {Event} */ event) => event.preventDefault();
  }

  get isOpen() {
    return this.store.state.view.details.paste === "1";
  }

  /** Whether a text of one's own is shown, or would be if it could be read. */
  get isOwn() {
    return this.#text !== "";
  }

  #take() {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    const text = this.field.value;
    this.#text = text.trim() ? text : "";
    if (!this.#text) [this.meant, this.problem] = [null, ""];
    const kept = text.length <= LONGEST_IN_ADDRESS ? this.#text : "";
    changeDetails(this.store, { code: kept, row: "", column: "", word: "" });
    if (this.#text) this.reading.of(this.#text);
  }

  /** The newest text, read; null where it can't be. */
  async read() {
    if (this.#rest !== undefined) this.#take();
    return this.#text ? this.reading.of(this.#text) : null;
  }

  /** Opens or closes the field. @param {string} now  the line that is shown */
  toggle(now) {
    if (this.isOpen) return changeDetails(this.store, { paste: "" });
    changeDetails(this.store, { paste: "1" });
    this.open(now);
  }

  /** @param {string} now */
  open(now) {
    this.form.hidden = false; // what is hidden takes no focus
    this.field.value = this.#text || now;
    this.field.focus();
    this.field.select();
  }

  /** Goes along with the address. */
  follow() {
    const { code = "" } = this.store.state.view.details;
    if (code && code !== this.#text) {
      this.#text = code;
      this.reading.of(code);
    }
    if (!code && this.#text && this.#text.length <= LONGEST_IN_ADDRESS) {
      this.#text = "";
      [this.meant, this.problem] = [null, ""];
    }
  }

  draw() {
    this.form.hidden = !this.isOpen;
    write(byId("code-paste"), this.isOpen ? "Done" : "Paste another line");
    byId("code-paste").setAttribute("aria-expanded", String(this.isOpen));
    write(byId("code-problem"), this.problem);
  }
}
