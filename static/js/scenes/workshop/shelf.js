// @ts-check
// Banks kept in this browser, by name, and the one that is being worked at.

import { bankFile, filtersIn } from "./files.js";

/**
 * @typedef {import("./edits.js").Filters} Filters
 * @typedef {import("./files.js").BankFile} BankFile
 * @typedef {Pick<Storage, "getItem" | "setItem">} Kept
 */

const BANKS = "filterscope-banks";
const DRAFT = "filterscope-bank-at-work";
const FULL = "This browser has no room left to keep it. Delete a kept bank, or export this one as a file.";
const CLOSED = "This browser keeps nothing for this page. Export the bank as a file instead.";

export class Shelf {
  /** The one deleted last, and where it stood. @type {{file: BankFile, at: number} | null} */
  deleted = null;

  /** @param {() => Kept} storage  asked each time, for a browser may refuse it */
  constructor(storage) {
    this.storage = storage;
  }

  /** All kept banks; those that can't be read any more are left out. @returns {BankFile[]} */
  list() {
    const told = this.#read(BANKS);
    return Array.isArray(told) ? told.filter(isWhole) : [];
  }

  /**
   * Keeps a bank under its name, in place of one of the same name.
   * @param {Filters} filters
   * @throws {Error} in words, where there is no room
   */
  keep(filters) {
    const others = this.list().filter(({ name }) => name !== filters.name);
    this.#write(BANKS, [bankFile(filters), ...others]);
  }

  /** @param {string} name */
  delete(name) {
    const all = this.list();
    const at = all.findIndex((file) => file.name === name);
    if (at < 0) return;
    this.#write(BANKS, all.toSpliced(at, 1));
    this.deleted = { file: all[at], at };
  }

  /** Puts back what was deleted last. */
  undelete() {
    const { deleted } = this;
    if (!deleted) return;
    const others = this.list().filter(({ name }) => name !== deleted.file.name);
    this.#write(BANKS, others.toSpliced(deleted.at, 0, deleted.file));
    this.deleted = null;
  }

  /** The bank one worked at before the page was left. @returns {Filters | null} */
  draft() {
    const told = this.#read(DRAFT);
    return isWhole(told) ? filtersIn(told, "kept") : null;
  }

  /** @param {Filters} filters */
  keepDraft(filters) {
    try {
      this.#write(DRAFT, bankFile(filters));
    } catch {
      // It is there until the page is left; whoever wants to keep it is told why not.
    }
  }

  /** @param {string} key @returns {unknown} */
  #read(key) {
    try {
      return JSON.parse(this.storage().getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {unknown} value */
  #write(key, value) {
    try {
      this.storage().setItem(key, JSON.stringify(value));
    } catch (error) {
      const isFull = error instanceof Error && /quota/i.test(error.name);
      throw new Error(isFull ? FULL : CLOSED);
    }
  }
}

/** @param {unknown} told @returns {told is BankFile} */
function isWhole(told) {
  try {
    filtersIn(told, "");
    return true;
  } catch {
    return false;
  }
}
