// @ts-check
// The help: words, keys, and what this is. A word has an address, and each “?” leads to one.

import { api } from "../net/api.js";
import { glossary } from "../net/glossary.js";
import { byId, onChoice, write } from "../views/elements.js";
import { drawGlossary, showWord, termOf } from "../views/glossary.js";
import { computedWords } from "../words/known.js";

const PARTS = ["words", "keyboard", "about"];

/** @param {import("../store.js").Store} store */
export function mountHelp(store) {
  const help = new Help(store);
  byId("help-open").onclick = () => help.open("words");
  document.addEventListener("pointerdown", (event) => help.touch(event), { capture: true });
  document.addEventListener("click", (event) => help.press(event));
  addEventListener("hashchange", () => help.follow());
  help.follow();
}

class Help {
  /** The “?” whose sentence stood there before it was touched. @type {Element | null} */
  #spoken = null;

  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.dialog = /** @type {HTMLDialogElement} */ (byId("help"));
    this.search = /** @type {HTMLInputElement} */ (byId("help-search"));
    this.search.oninput = () => this.#draw();
    onChoice("help-part", (part) => this.show(part));
    this.dialog.addEventListener("close", () => this.#forget());
  }

  /** @param {string} part */
  async open(part) {
    if (!this.dialog.open) this.dialog.showModal();
    await this.show(part);
    if (part === "words") this.search.focus();
  }

  /** @param {string} part */
  async show(part) {
    for (const one of PARTS) byId(`help-${one}`).hidden = one !== part;
    for (const radio of byId("help-part").querySelectorAll("input")) radio.checked = radio.value === part;
    if (part === "words") await this.#draw();
    if (part === "about") await this.#tellRun();
  }

  /** Opens the word that the address names. */
  async follow() {
    const [, id] = /^#word-([a-z0-9-]+)$/.exec(location.hash) ?? [];
    if (!id) return;
    this.search.value = "";
    await this.open("words");
    showWord(id);
  }

  /** @param {PointerEvent} event */
  touch({ target }) {
    const hint = target instanceof Element ? target.closest(".hint") : null;
    this.#spoken = hint?.hasAttribute("aria-describedby") ? hint : null;
  }

  /** @param {MouseEvent} event */
  press(event) {
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest("#help-entries a");
    if (link) {
      event.preventDefault();
      return this.#go(link.getAttribute("href") ?? "");
    }
    const hint = event.target.closest(".hint");
    if (!(hint instanceof HTMLElement)) return;
    const term = termOf(hint);
    // A finger has to see the sentence first; a second touch leads on.
    const isFirst = event instanceof PointerEvent && event.pointerType === "touch" && this.#spoken !== hint;
    if (term && !isFirst) this.#go(`#word-${term}`);
  }

  /** @param {string} hash */
  #go(hash) {
    history.replaceState(history.state, "", hash);
    this.follow();
  }

  async #draw() {
    try {
      drawGlossary(await glossary(), this.search.value);
    } catch (error) {
      write(byId("help-found"), `${/** @type {Error} */ (error).message} Is the server running?`);
    }
  }

  /** What computed the run on the stage; a run that has only begun is asked for it anew. */
  async #tellRun() {
    const { run } = this.store.state;
    const told = run && (await api.run(run.id).catch(() => run));
    const words = told ? computedWords(told) : "";
    byId("about-run-title").hidden = byId("about-run").hidden = !words;
    write(byId("about-run"), words);
  }

  #forget() {
    if (location.hash.startsWith("#word-"))
      history.replaceState(history.state, "", location.pathname + location.search);
  }
}
