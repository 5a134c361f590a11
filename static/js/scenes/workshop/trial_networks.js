// @ts-check
// The networks that one's own filters can be put into, and what to do where they don't fit.

import { changeDetails } from "../../control/details.js";
import { hasLabelsIn } from "../../state/objective.js";
import { firstLayer, isBeside, withFilters } from "./trial_ways.js";

/**
 * @typedef {import("../../types.js").Recipe} Recipe
 * @typedef {{value: string, title: string, recipe: Recipe, preset: string | null}} Network
 * @typedef {{words: string, act: () => void}} Mend
 */

const RUN = "run"; // the one of the run on the stage, where no preset has it
const COLOURED = "dead-leaves";

/** Of its pictures. @param {Recipe} recipe */
const channelsOf = ({ dataset }) => (dataset === COLOURED ? 3 : 1);

export class Networks {
  /** @param {import("../../store.js").Store} store @param {import("./bank.js").Bank} bank */
  constructor(store, bank) {
    this.store = store;
    this.bank = bank;
  }

  /** Presets that name their pictures, and the run's own network. @returns {Network[]} */
  get all() {
    const { presets, run } = this.store.state;
    const networks = (presets ?? [])
      .filter(({ recipe }) => hasLabelsIn(recipe))
      .map(({ name, title, recipe }) => ({ value: name, title, recipe, preset: name }));
    const own = run?.recipe;
    if (!own || !hasLabelsIn(own) || networks.some(({ recipe }) => isBeside(recipe, own))) return networks;
    return [...networks, { value: RUN, title: `${run.name} (this run)`, recipe: own, preset: null }];
  }

  /** The one that was chosen; else the run's, where the bank fits, or the first that it fits. */
  get chosen() {
    const { all } = this;
    const named = all.find(({ value }) => value === this.store.state.view.details.network);
    if (named) return named;
    const fitting = all.filter(({ recipe }) => !this.#misfit(recipe));
    const own = fitting.find(({ value }) => value === RUN);
    const { run } = this.store.state;
    return own ?? fitting.find(({ preset }) => preset === run?.preset) ?? fitting[0] ?? all[0];
  }

  get isFitted() {
    return this.store.state.view.details.fit === "bank";
  }

  /** @returns {Recipe | null} */
  get base() {
    const { chosen } = this;
    if (!chosen) return null;
    return this.isFitted ? withFilters(chosen.recipe, this.bank.shape) : chosen.recipe;
  }

  /** Its name, where the network is a preset's as it stands. */
  get preset() {
    return this.isFitted ? null : (this.chosen?.preset ?? null);
  }

  /** Why it can't take the bank, and the ways out. @returns {{sentence: string, mends: Mend[]} | null} */
  get misfit() {
    const { base } = this;
    const misfit = base && this.#misfit(base);
    if (!misfit) return null;
    const [size, , channels, count] = this.bank.shape;
    const mends = [{ words: misfit.mend, act: misfit.act }];
    if (channels === channelsOf(base))
      mends.push({
        words: `Give the network ${count} filters of ${size}×${size}`,
        act: () => changeDetails(this.store, { network: this.chosen.value, fit: "bank" }),
      });
    return { sentence: misfit.sentence, mends };
  }

  /** What its first layer takes. */
  get layerWords() {
    const { base } = this;
    if (!base) return "";
    const { filters, kernel_size: size } = firstLayer(base);
    return `${filters} filters of ${size}×${size}, ${channelsOf(base) === 3 ? "colour" : "gray"}`;
  }

  /** @param {Recipe} recipe */
  #misfit(recipe) {
    return this.bank.misfit(firstLayer(recipe), channelsOf(recipe));
  }
}
