// @ts-check
// The runs of a trial: found among those there are, or begun.

import { LIVE_STATUSES } from "../../contract.js";
import { ApiError, api } from "../../net/api.js";
import { TrialRun } from "./trial_run.js";
import { isSame, keptItsRate } from "./trial_ways.js";

/** @typedef {import("../../types.js").Recipe} Recipe */

const PAGE = 100;
const PAGES = 3;

export class TrialRuns {
  /** @type {Map<string, TrialRun>} */
  #runs = new Map();

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /** In the order of their seeds. */
  get all() {
    return [...this.#runs.values()].sort((one, other) => one.recipe.seed - other.recipe.seed);
  }

  /** The one that trains this recipe and may be counted. @param {Recipe} recipe */
  of(recipe) {
    return this.all.find(
      (run) => isSame(run.recipe, recipe) && (run.counts || (run.isGoingOn && !run.problem)),
    );
  }

  /** Those that a link names, and no others; says how many of them are no more. @param {string[]} ids */
  async open(ids) {
    this.keep((run) => ids.includes(run.id));
    const found = await Promise.all(ids.map((id) => this.#runs.has(id) || this.#fetch(id)));
    return found.filter((is) => !is).length;
  }

  /** Lets go of the others. @param {(run: TrialRun) => boolean} isWanted */
  keep(isWanted) {
    for (const run of this.all) if (!isWanted(run)) this.#drop(run);
  }

  /** Finds those that were trained before, or train now, begun from anywhere. @param {Recipe[]} recipes */
  async find(recipes) {
    let cursor = /** @type {string | null} */ (null);
    const wanted = () => recipes.filter((recipe) => !this.of(recipe));
    for (let page = 0; page < PAGES && wanted().length; page++) {
      const told = await api.runs(PAGE, cursor);
      for (const run of told.runs) if (await isOneOf(run, wanted())) this.#take(run);
      cursor = told.next_cursor;
      if (!cursor) return;
    }
  }

  /** @param {object} request  a recipe, or a preset with what differs */
  async start(request) {
    this.#take(await api.start(request));
  }

  async stop() {
    const live = this.all.filter((run) => run.isGoingOn && run.status !== "stopping");
    await Promise.all(live.map(({ id }) => api.change(id, { status: "stopped" }).catch(() => null)));
  }

  /** @param {string} id @returns {Promise<boolean>} whether it is there */
  async #fetch(id) {
    try {
      const told = await api.run(id);
      if (told.recipe) this.#take(told);
      return told.recipe !== null;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false;
      throw error;
    }
  }

  /** @param {import("../../types.js").Run} told */
  #take(told) {
    this.#runs.get(told.id)?.close();
    const run = new TrialRun(told, this.changed, (gone) => this.#drop(gone));
    this.#runs.set(run.id, run);
    this.changed();
  }

  /** @param {TrialRun} run */
  #drop(run) {
    run.close();
    this.#runs.delete(run.id);
    this.changed();
  }
}

/**
 * Whether a run is what one of the recipes would give: the same, whole, and steered by nobody.
 * @param {import("../../types.js").Run} run
 * @param {Recipe[]} wanted
 */
async function isOneOf({ id, recipe, status }, wanted) {
  if (!recipe || !(status === "finished" || LIVE_STATUSES.has(status))) return false;
  if (!wanted.some((other) => isSame(recipe, other))) return false;
  if (status !== "finished") return true;
  const told = await api.metrics(id).catch(() => null);
  return told !== null && keptItsRate(recipe, (told.learning_rate ?? []).map(Number));
}
