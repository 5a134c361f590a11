// @ts-check
// Runs that are ticked, as a site of static files.

import { runTitle } from "../views/runs.js";
import { byId, make, write } from "../views/elements.js";
import { fetchSite } from "./fetching.js";

const MOST_RUNS = 60;

export class Publishing {
  /** Ids. @type {Set<string>} */
  #ticked = new Set();

  /**
   * @param {import("../store.js").Store} store
   * @param {(make: () => Promise<import("./fetching.js").Download>) => void} take  hands the file over
   */
  constructor(store, take) {
    this.store = store;
    this.button = /** @type {HTMLButtonElement} */ (byId("publish-make"));
    this.title = /** @type {HTMLInputElement} */ (byId("publish-title"));
    this.button.onclick = () => {
      const runs = this.#runs().filter((run) => this.#ticked.has(run.id));
      const ids = runs.map((run) => run.id);
      if (ids.length) take(() => fetchSite(ids, this.title.value.trim()));
    };
  }

  /** Lists the runs that there are now, with the one that is shown ticked. */
  list() {
    const { run } = this.store.state;
    if (run) this.#ticked.add(run.id);
    byId("publish-runs").replaceChildren(...this.#runs().map((one) => this.#row(one)));
    this.#say();
  }

  /** Those that have begun: the one that is shown, and those in the list. */
  #runs() {
    const { run, runs } = this.store.state;
    const all = run && !runs.some(({ id }) => id === run.id) ? [run, ...runs] : runs;
    return all.filter(({ status }) => status !== "queued");
  }

  /** @param {import("../types.js").Run} run */
  #row(run) {
    const tick = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
    tick.checked = this.#ticked.has(run.id);
    tick.onchange = () => {
      if (tick.checked) this.#ticked.add(run.id);
      else this.#ticked.delete(run.id);
      this.#say();
    };
    const when = make("span", { class: "quiet" }, run.created_at.slice(0, 10));
    return make("li", {}, make("label", {}, tick, make("span", {}, runTitle(run)), when));
  }

  #say() {
    const count = this.#runs().filter((run) => this.#ticked.has(run.id)).length;
    const many = count > MOST_RUNS;
    this.button.disabled = count === 0 || many;
    if (many) write(this.button, `At most ${MOST_RUNS} runs`);
    else write(this.button, `Save ${count === 1 ? "one run" : `${count} runs`} as a site`);
  }
}
