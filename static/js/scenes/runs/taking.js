// @ts-check
// “Take them with you”: the rows of the table, and of each run all that the dialog of one run offers.

import { decimalOf } from "../../export/choosing.js";
import { fetchSite } from "../../export/fetching.js";
import { sizeInWords } from "../../export/query.js";
import { save } from "../../export/saving.js";
import { byId, write } from "../../views/elements.js";
import { grouped } from "../../words/numbers.js";
import { MOST_FILES, fileOfEach } from "./each_file.js";
import { csvOf, jsonOf } from "./table_file.js";

/**
 * @typedef {import("../../types.js").Run} Run
 * @typedef {import("../../export/fetching.js").Download} Download
 */

export class Taking {
  /** @type {Run[]} */
  #runs = [];
  #isBusy = false;

  /** @param {import("./listing.js").Listing} listing */
  constructor(listing) {
    this.listing = listing;
    this.root = /** @type {HTMLDialogElement} */ (byId("runs-taking"));
    this.outcome = byId("runs-taking-outcome");
    byId("runs-taking-decimal").querySelector(`[value=${decimalOf(navigator.language)}]`).checked = true;
    byId("runs-taking-each").replaceChildren(...sectionsOfOne());
    this.root.addEventListener("click", (event) => this.#press(event));
  }

  /** @param {Run[]} runs  that are ticked, or the one that is meant */
  open(runs) {
    this.#runs = runs;
    const many = runs.length > 1;
    const shown = this.listing.count ?? 0;
    const [chosen, all] = byId("runs-taking-rows").querySelectorAll("label");
    write(chosen.querySelector("span"), many ? `The ${grouped(runs.length)} chosen` : "This run");
    write(all.querySelector("span"), shown === 1 ? "The one shown" : `All ${grouped(shown)} shown`);
    byId("runs-taking-rows").querySelector(`[value=${many ? "chosen" : "shown"}]`).checked = true;
    write(
      byId("runs-taking-whom"),
      many ? `Each of the ${grouped(runs.length)} runs` : (runs[0]?.name ?? ""),
    );
    write(byId("runs-taking-how"), wayOf(runs.length));
    byId("runs-taking-each").hidden = !runs.length || runs.length > MOST_FILES;
    byId("runs-taking-site").hidden = !runs.length || runs.length > MOST_FILES;
    byId("runs-taking-one").hidden = !runs.length;
    byId("runs-taking-which").hidden = !runs.length;
    write(this.outcome, "");
    this.root.showModal();
  }

  /** @param {MouseEvent} event */
  #press({ target }) {
    const button = target instanceof Element ? target.closest("button") : null;
    const { rows, export: asked, site } = button?.dataset ?? {};
    if (rows) this.#take(() => this.#table(rows));
    else if (asked) this.#take(() => this.#each(asked));
    else if (site !== undefined)
      this.#take(() =>
        fetchSite(
          this.#runs.map(({ id }) => id),
          "",
        ),
      );
  }

  /** @param {string} kind @returns {Promise<Download>} */
  async #table(kind) {
    const runs = chosenIn("runs-taking-rows") === "shown" ? await this.listing.all() : this.#runs;
    const text = kind === "csv" ? csvOf(runs, decimal()) : jsonOf(runs);
    const type = kind === "csv" ? "text/csv" : "application/json";
    return { file: new Blob([text], { type }), name: `filterscope-${runs.length}-runs.${kind}` };
  }

  /** @param {string} asked */
  #each(asked) {
    const of = this.#runs.length;
    return fileOfEach(this.#runs, asked, decimal(), (done) => this.#tell(`Making ${done + 1} of ${of}…`));
  }

  /** One at a time; what came of it is said. @param {() => Promise<Download & {failed?: string[]}>} make */
  async #take(make) {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.root.setAttribute("aria-busy", "true");
    this.#tell("Making it…");
    try {
      const { file, name, failed = [] } = await make();
      save(file, name);
      const without = failed.length ? ` ${failedWords(failed)}` : "";
      this.#tell(`Saved: ${name}, ${sizeInWords(file.size)}.${without}`, failed.length ? " notice warn" : "");
    } catch (error) {
      this.#tell(`That did not work. ${/** @type {Error} */ (error).message}`, " notice danger");
    } finally {
      this.#isBusy = false;
      this.root.removeAttribute("aria-busy");
    }
  }

  /** @param {string} words @param {string} [look] */
  #tell(words, look = "") {
    this.outcome.className = `outcome${look}`;
    write(this.outcome, words);
  }
}

/** @param {string[]} failed */
const failedWords = ({ length, 0: first }) => `${length} ${length > 1 ? "are" : "is"} not in it. ${first}`;

/** @param {number} count */
const wayOf = (count) =>
  count > MOST_FILES ? `at most ${MOST_FILES} at a time` : count > 1 ? "in one zip" : "this run alone";

/** @param {string} id */
const chosenIn = (id) => byId(id).querySelector("input:checked").value;

const decimal = () => /** @type {"point" | "comma"} */ (chosenIn("runs-taking-decimal"));

/** What the dialog of one run has, but for what only the run on the stage can give. */
function sectionsOfOne() {
  const sections = [...byId("export").querySelectorAll("section")];
  return sections
    .filter((section) => section.querySelector("[data-export]"))
    .map((section) => copyOf(section));
}

/** @param {HTMLElement} section */
function copyOf(section) {
  const copy = /** @type {HTMLElement} */ (section.cloneNode(true));
  for (const part of copy.querySelectorAll(".take-choice, .aside, [data-size], li:has([data-video])"))
    part.remove();
  for (const part of [copy, ...copy.querySelectorAll("[id], [hidden], [disabled]")]) {
    for (const name of ["id", "hidden", "disabled", "aria-disabled", "aria-labelledby"])
      part.removeAttribute(name);
  }
  copy.setAttribute("role", "group");
  copy.setAttribute("aria-label", copy.querySelector("h3")?.textContent?.trim() ?? "");
  return copy;
}
