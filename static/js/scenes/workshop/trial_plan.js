// @ts-check
// What a trial compares, which of it there is already, and what is still to be trained.

import { expectedSeconds } from "../../state/durations.js";
import { Networks } from "./trial_networks.js";
import { TrialRuns } from "./trial_runs.js";
import { isBeside, isSameStart, recipeFor } from "./trial_ways.js";

/**
 * @typedef {import("../../types.js").Recipe} Recipe
 * @typedef {import("./trial_ways.js").Start} Start
 * @typedef {import("./trial_ways.js").Way} Way
 * @typedef {import("./trial_run.js").TrialRun} TrialRun
 */

export class Plan {
  /** The slots of the bank that the runs of one's own filters began with. @type {unknown} */
  #trained = null;

  /**
   * @param {import("../../store.js").Store} store
   * @param {import("./bank.js").Bank} bank
   * @param {() => void} changed
   */
  constructor(store, bank, changed) {
    this.store = store;
    this.bank = bank;
    this.runs = new TrialRuns(changed);
    this.networks = new Networks(store, bank);
  }

  /** @returns {Way} */
  get own() {
    return this.store.state.view.details.learn === "free" ? "free" : "frozen";
  }

  /** The runs that train the chosen network. @returns {TrialRun[]} */
  get shown() {
    const { base } = this.networks;
    return base ? this.runs.all.filter((run) => isBeside(run.recipe, base)) : [];
  }

  /** The seeds there are runs of; the network's own where there is none. */
  get seeds() {
    const seeds = new Set(this.shown.map(({ recipe }) => recipe.seed));
    return seeds.size ? [...seeds] : [this.networks.base?.seed ?? 0];
  }

  get isTraining() {
    return this.shown.some(({ isGoingOn }) => isGoingOn);
  }

  /** Whether the runs of one's own filters began with the bank as it is now. */
  get isCurrent() {
    return this.#trained === this.bank.filters.slots;
  }

  /** @param {Way} way */
  runsOf(way) {
    return this.shown.filter((run) => run.way === way);
  }

  /** How many runs are still to be trained, with one's own filters and beside them. */
  get missing() {
    const { seeds } = this;
    const lacking = (/** @type {Way} */ way) =>
      seeds.filter((seed) => !this.runsOf(way).some((run) => run.recipe.seed === seed && isUsed(run))).length;
    const own = this.isCurrent ? lacking(this.own) : seeds.length;
    return { own, others: lacking("learned") + lacking("random"), seeds: seeds.length };
  }

  /** Of what the button would train. @returns {number | null} seconds */
  get expected() {
    const { preset } = this.networks;
    const one = preset ? expectedSeconds(this.store.state, preset) : null;
    const { own, others } = this.missing;
    return one === null ? null : one * (own + others || 3);
  }

  /** Learned, one's own, random, a seed after the other. @param {Recipe} base @param {number[]} seeds */
  async recipes(base, seeds) {
    const { name } = this.bank;
    const recipes = [];
    for (const seed of seeds) {
      const start = /** @type {Start} */ (await this.bank.initializer(seed));
      for (const way of /** @type {Way[]} */ (["learned", this.own, "random"]))
        recipes.push(recipeFor(base, way, { start, name }, seed));
    }
    return recipes;
  }

  /**
   * Trains what isn't there yet, with the bank as it is; of other banks no run is shown any more.
   * @param {number[]} seeds
   */
  async train(seeds) {
    const { base, preset } = this.networks;
    if (!base) return;
    const { slots } = this.bank.filters;
    const recipes = await this.recipes(base, seeds);
    await this.runs.find(recipes);
    this.runs.keep((run) => !isOfAnotherBank(run, base, recipes));
    this.#trained = slots;
    for (const recipe of recipes)
      if (!this.runs.of(recipe)) await this.runs.start({ ...(preset ? { preset } : {}), ...recipe });
  }

  /** Looks whether the bank is the one that was trained, as after a reload. */
  async compare() {
    const { slots } = this.bank.filters;
    const own = this.shown.filter(isOwn);
    if (!own.length || this.isCurrent) return;
    const asked = own.map(({ recipe }) => this.bank.initializer(recipe.seed));
    const starts = await Promise.all(asked).catch(() => []);
    const alike = own.every(({ recipe }, at) => {
      const start = /** @type {Start | undefined} */ (starts[at]);
      return start && isSameStart(recipe, recipeFor(recipe, "frozen", { start, name: "" }, recipe.seed));
    });
    if (alike) this.#trained = slots;
  }
}

/** @param {TrialRun} run */
const isOwn = ({ way }) => way === "frozen" || way === "free";

/** Whether a run came to its end, or is to. @param {TrialRun} run */
const isUsed = (run) => run.counts || (run.isGoingOn && !run.problem);

/** @param {TrialRun} run @param {Recipe} base @param {Recipe[]} recipes */
const isOfAnotherBank = (run, base, recipes) =>
  isOwn(run) && isBeside(run.recipe, base) && !recipes.some((recipe) => isSameStart(recipe, run.recipe));
