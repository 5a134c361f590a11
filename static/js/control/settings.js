// @ts-check
// What of a run's recipe can be changed by hand, and what was changed.

import { USUAL_RATES } from "../contract.js";
import { mendingRate } from "./mending.js";

/** @typedef {import("../types.js").Run} Run */
/**
 * @typedef {{learning_rate: string, optimizer: string, batch_size: string, length: string, seed: string}}
 *   Values
 */

/** @type {Record<string, string>} */
const NAMES = {
  learning_rate: "The learning rate",
  batch_size: "The number of pictures per step",
  length: "The length",
  seed: "The seed",
};

/**
 * The values to begin with: the run's own, but for a rate that broke it.
 * @param {import("../types.js").State} state  with a run
 * @returns {{values: Values, unit: string, about: string}}
 */
export function settingsOf(state) {
  const run = /** @type {Run} */ (state.run);
  const { optimizer, batch_size, steps, epochs, seed } = recipeIn(run);
  const mended = mendingRate(state);
  const values = {
    learning_rate: String(mended ?? optimizer.learning_rate),
    optimizer: optimizer.type,
    batch_size: String(batch_size),
    length: String(steps ?? epochs),
    seed: String(seed),
  };
  const broke = `It broke with a learning rate of ${optimizer.learning_rate}; ${mended} is proposed.`;
  const about = `All else stays as it is in “${run.name}”, which is kept.`;
  return {
    values,
    unit: steps ? "Steps" : "Epochs (passes over the data)",
    about: mended === null ? about : `${broke} ${about}`,
  };
}

/**
 * The learning rate to propose with an optimiser: another one's steps are of another size.
 * @param {import("../types.js").State} state  with a run
 * @param {import("../contract.js").OptimizerType} optimizer
 */
export function rateWith(state, optimizer) {
  const { values } = settingsOf(state);
  return optimizer === values.optimizer ? values.learning_rate : String(USUAL_RATES[optimizer]);
}

/**
 * What differs from the run's recipe, as the server is asked for it; or what can't be read.
 * @param {Run} run
 * @param {Record<string, string>} values
 * @returns {{overrides: object, problem?: undefined} | {problem: string, overrides?: undefined}}
 */
export function changedIn(run, values) {
  const recipe = recipeIn(run);
  for (const [name, words] of Object.entries(NAMES)) {
    const whole = name !== "learning_rate";
    const text = values[name].trim().replace(",", ".");
    const isNumber = text !== "" && Number.isFinite(Number(text)) && (!whole || /^\d+$/.test(text));
    if (!isNumber) return { problem: `${words} must be a ${whole ? "whole " : ""}number.` };
  }
  const number = (/** @type {string} */ name) => Number(values[name].trim().replace(",", "."));
  const { schedule, ...own } = recipe.optimizer;
  const kept = own.type === values.optimizer ? own : { type: values.optimizer };
  const optimizer = { ...kept, schedule, learning_rate: number("learning_rate") };
  const length = recipe.steps ? { steps: number("length") } : { epochs: number("length") };
  return { overrides: { optimizer, batch_size: number("batch_size"), ...length, seed: number("seed") } };
}

/** Only a run that has a recipe is offered. @param {Run} run */
const recipeIn = ({ recipe }) => /** @type {import("../types.js").Recipe} */ (recipe);
