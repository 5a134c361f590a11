// @ts-check
// How many runs there are, and in how many of them most filters see edges.

import { runTable } from "../../net/run_table.js";
import { byId, write } from "../../views/elements.js";
import { MANY_EDGES, headlineOf } from "./words.js";

export class Heading {
  #query = "";
  #isChosen = false;
  /** @type {number | null} */
  #many = null;
  /** Of the first run, which may be the only one. @type {number | null} */
  #only = null;
  /** Of how many all told that was asked. @type {number | null} */
  #askedOf = null;

  /** @param {string} query @param {boolean} isChosen */
  ask(query, isChosen) {
    if (query === this.#query) return;
    this.#query = query;
    this.#isChosen = isChosen;
    this.#many = this.#askedOf = null;
  }

  /** @param {import("./listing.js").Listing} listing */
  show(listing) {
    const { count, problem } = listing;
    this.#only = listing.at(0)?.filters?.oriented ?? null;
    this.#write(count);
    byId("runs-none").hidden = count !== 0 || this.#isChosen;
    byId("runs-unfound").hidden = count !== 0 || !this.#isChosen;
    byId("runs-grid").classList.toggle("empty", count === 0);
    byId("runs-problem").hidden = !problem;
    write(byId("runs-problem-words"), problem ?? "");
    if (count && count > 1 && this.#askedOf !== count) this.#count(count);
  }

  /** @param {number} count */
  async #count(count) {
    const query = this.#query;
    this.#askedOf = count;
    const told = await runTable.page(`${query}&edges_from=${MANY_EDGES}`, 0, 1).catch(() => null);
    if (query !== this.#query) return;
    this.#many = told?.count ?? 0;
    this.#write(count);
  }

  /** @param {number | null} count */
  #write(count) {
    write(byId("runs-headline"), headlineOf(count, this.#many, this.#isChosen, this.#only));
  }
}
