// @ts-check
// The card: the same convolution in three libraries, each word that makes something a button.

import { byId, make, write } from "../../views/elements.js";
import { captionOf, wordMeaning } from "../../words/code.js";
import { areTwins, piecesOf } from "./tokens.js";

/**
 * @typedef {import("./written.js").ShownLine} ShownLine
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {{means: string, layer: number | null}} Word
 */

const REST = "A click keeps a word lit; Esc lets go.";

export class Lines {
  /** @type {HTMLElement[]} */
  #buttons = [];
  #shown = "";
  #tab = 0;

  /**
   * @param {(word: Word | null) => void} point  the pointer or the focus is on it, or on none
   * @param {(word: Word) => void} pin
   * @param {(line: ShownLine, button: HTMLElement) => void} copy
   */
  constructor(point, pin, copy) {
    this.root = byId("code-lines");
    this.copy = copy;
    const wordAt = (/** @type {Event} */ { target }) => {
      const button = target instanceof Element ? target.closest(".code-word") : null;
      return button instanceof HTMLElement ? wordOf(button) : null;
    };
    for (const kind of ["pointerover", "focusin"])
      this.root.addEventListener(kind, (/** @type {Event} */ event) => point(wordAt(event)));
    for (const kind of ["pointerleave", "focusout"]) this.root.addEventListener(kind, () => point(null));
    this.root.addEventListener("click", (/** @type {Event} */ event) => {
      const word = wordAt(event);
      if (word) pin(word);
    });
    byId("code-tabs").onchange = (/** @type {Event} */ { target }) => {
      if (target instanceof HTMLInputElement) this.#choose(Number(target.value));
    };
  }

  /** @param {ShownLine[]} lines @param {Subject} subject @param {number} channels  of the pictures */
  draw(lines, subject, channels) {
    const key = JSON.stringify([subject.key, lines.map(({ title, code }) => [title, code]), channels]);
    if (key === this.#shown) return;
    this.#shown = key;
    const [first] = lines;
    write(byId("code-title"), [first.title, first.aside].filter(Boolean).join(" · "));
    const elements = lines.map((line, at) => this.#lineOf(line, at === 0, subject, channels));
    this.root.replaceChildren(...elements);
    this.#buttons = /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll(".code-word")]);
    this.#offerTabs(lines);
  }

  /** @param {ShownLine} line @param {boolean} isFirst @param {Subject} subject @param {number} channels */
  #lineOf(line, isFirst, { layer, recipe }, channels) {
    const own = recipe.layers.indexOf(layer);
    const pieces = piecesOf(line.code, line.words).map(({ text, word, end }) => {
      if (!word) return text;
      const caption = isFirst && word.layer === own ? captionOf(word.means, text, layer, channels) : "";
      const data = { "data-means": word.means, "data-layer": String(word.layer ?? "") };
      const parts = [make("span", {}, text), ...(caption ? [make("small", {}, caption)] : [])];
      const properties = { class: "code-word", type: "button", "aria-pressed": "false", ...data };
      return make("span", { class: "code-unbroken" }, make("button", properties, ...parts), end);
    });
    const copy = make(
      "button",
      { class: "link", type: "button", "aria-label": `Copy: ${line.title}` },
      "Copy",
    );
    copy.onclick = () => this.copy(line, copy);
    const code = make("code", {}, ...pieces);
    const name = isFirst ? [] : [make("span", { class: "quiet code-library" }, line.title)];
    return make("div", { class: `code-line${isFirst ? " first" : ""}` }, ...name, code, copy);
  }

  /** Where there is no room for three, one is shown. @param {ShownLine[]} lines */
  #offerTabs(lines) {
    const tabs = lines.map(({ dialect, title, aside }, at) =>
      make(
        "label",
        {},
        make("input", { type: "radio", name: "code-tab", value: String(at), checked: at === 0 }),
        make("span", {}, at ? title : aside.split(",")[0] || dialect),
      ),
    );
    const root = byId("code-tabs");
    root.replaceChildren(root.firstElementChild, ...tabs);
    this.#choose(0);
  }

  /** @param {number} tab */
  #choose(tab) {
    this.#tab = tab;
    [...this.root.children].forEach((line, at) => line.classList.toggle("chosen", at === this.#tab));
  }

  /**
   * @param {Word | null} lit
   * @param {string | null} pinned
   * @param {Subject} subject
   */
  light(lit, pinned, { layer, recipe }) {
    const own = recipe.layers.indexOf(layer);
    const isOwn = lit && (lit.layer === own || lit.layer === null);
    for (const button of this.#buttons) {
      const word = wordOf(button);
      const same = lit?.means === word.means && lit.layer === word.layer;
      const twin = isOwn && word.layer === own && areTwins(lit.means, word.means);
      button.classList.toggle("lit", Boolean(same || twin));
      button.setAttribute("aria-pressed", String(word.layer === own && word.means === pinned));
    }
    const meant = lit && recipe.layers[lit.layer ?? own];
    write(byId("code-meaning"), lit ? wordMeaning(lit.means, meant || undefined) : REST);
  }
}

/** @param {HTMLElement} button @returns {Word} */
const wordOf = ({ dataset }) => ({
  means: dataset.means ?? "",
  layer: dataset.layer ? Number(dataset.layer) : null,
});
