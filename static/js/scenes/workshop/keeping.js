// @ts-check
// Naming a bank, keeping it in this browser, writing it into a file and reading it back.

import { byId, make } from "../../views/elements.js";
import { bankArray, bankFile, filtersIn, readBank } from "./files.js";
import { Shelf } from "./shelf.js";

/**
 * @typedef {import("./edits.js").Filters} Filters
 * @typedef {import("./files.js").BankFile} BankFile
 */

const UNNAMED = "my bank";

export class Keeping {
  /** @param {import("./bank.js").Bank} bank */
  constructor(bank) {
    this.bank = bank;
    this.shelf = new Shelf(() => localStorage);
    this.name = byId("shop-name");
    this.name.oninput = () => bank.change((filters) => ({ ...filters, name: this.name.value }), "named");
    byId("shop-keep").onclick = () => this.#keep();
    byId("shop-export").onclick = () => this.#export();
    byId("shop-export-array").onclick = () =>
      save(`${this.#fileName()}.npy`, new Blob([/** @type {BlobPart} */ (bankArray(bank.filters))]));
    this.#mountImport();
    this.#list();
  }

  #mountImport() {
    const file = byId("shop-bank-file");
    byId("shop-importing").onclick = () => file.click();
    file.onchange = async () => {
      const chosen = /** @type {File | undefined} */ (file.files[0]);
      file.value = "";
      if (chosen)
        this.#try(async () => this.#open(readBank(await chosen.arrayBuffer(), chosen.name), "Imported"));
    };
  }

  #keep() {
    const { bank } = this;
    if (!bank.name.trim()) bank.change((filters) => ({ ...filters, name: UNNAMED }), "named");
    this.#try(() => {
      this.shelf.keep(bank.filters);
      this.#say(`Kept as “${bank.name}” in this browser.`);
    });
    this.#list();
  }

  #export() {
    const text = JSON.stringify(bankFile(this.bank.filters), null, 1);
    save(`${this.#fileName()}.json`, new Blob([text], { type: "application/json" }));
  }

  #fileName() {
    return this.bank.name.trim().replace(/[^\p{L}\p{N} ._-]+/gu, "-") || UNNAMED;
  }

  /** @param {Filters} filters @param {string} how */
  #open(filters, how) {
    this.bank.change(() => filters);
    this.#say(`${how} “${filters.name}”. Undo brings back what was here.`);
  }

  /** @param {() => void | Promise<void>} act */
  async #try(act) {
    try {
      await act();
    } catch (error) {
      this.#say(/** @type {Error} */ (error).message, true);
    }
  }

  /** @param {string} words @param {boolean} [isProblem] @param {Node[]} more */
  #say(words, isProblem = false, ...more) {
    const line = byId("shop-told");
    line.hidden = false;
    line.classList.toggle("danger", isProblem);
    line.replaceChildren(...(isProblem ? [make("strong", {}, "That did not work. ")] : []), words, ...more);
  }

  #list() {
    const kept = this.shelf.list();
    byId("shop-kept").hidden = !kept.length;
    byId("shop-kept-list").replaceChildren(...kept.map((file) => this.#row(file)));
  }

  /** @param {BankFile} file */
  #row(file) {
    const { name } = file;
    const filters = filtersIn(file, name);
    const { size, slots } = filters;
    const filled = slots.filter(Boolean).length;
    const open = () => this.#try(() => this.#open(filters, "Opened"));
    return make(
      "li",
      {},
      make("button", { class: "link", type: "button", onclick: open }, name),
      make("span", { class: "aside" }, `${filled} of ${slots.length}, ${size} × ${size}`),
      make(
        "button",
        { class: "link", type: "button", "aria-label": `Delete ${name}`, onclick: () => this.#delete(name) },
        "Delete",
      ),
    );
  }

  /** @param {string} name */
  #delete(name) {
    this.#try(() => {
      this.shelf.delete(name);
      const undo = make("button", { class: "link", type: "button" }, "Undo");
      undo.onclick = () => {
        this.#try(() => this.shelf.undelete());
        this.#say(`“${name}” is back.`);
        this.#list();
      };
      this.#say(`Deleted “${name}”. `, false, undo);
      this.#list();
      undo.focus();
    });
  }

  draw() {
    if (document.activeElement !== this.name) this.name.value = this.bank.name;
    for (const id of ["shop-keep", "shop-export", "shop-export-array"]) byId(id).disabled = !this.bank.filled;
  }
}

/** @param {string} name @param {Blob} content */
function save(name, content) {
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
