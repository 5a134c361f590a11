// @ts-check
// What lies in the file, as the state that the page's views draw.

import { framesOfFilm } from "../state/frames.js";
import { initialState } from "../state/initial.js";
import { spoilOf } from "../state/run.js";
import { emptyTraining, extendTraining } from "../state/training.js";
import { LIVE_STATUSES } from "../contract.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../net/answers.js").FilmAnswer} Film
 * @typedef {object} Saved
 * @property {import("../types.js").Run} run
 * @property {{name: string, title: string, sentence: string, doubt: string} | null} preset
 * @property {{title: string, sentence: string, source: string, licence: string,
 *   class_names: string[]} | null} dataset
 * @property {Film} film
 * @property {import("../net/answers.js").MetricsAnswer} metrics
 * @property {number} snapshots  how many the run had, of which a film may leave out some
 * @property {Film[]} deeper  films of the layers after the first
 * @property {string[]} left_out  layers too large for the file
 * @property {boolean} is_alone  whether the file holds all that it needs
 * @property {string} version
 */

/** @param {Saved} saved @returns {State} */
export function savedState({ run, preset, film, deeper, metrics }) {
  return {
    ...initialState(),
    presets:
      preset && run.recipe
        ? [{ ...preset, recipe: run.recipe, total_steps: run.total_steps ?? run.step }]
        : [],
    choice: { preset: preset?.name ?? "", spoil: spoilOf(run) },
    run: {
      ...run,
      layers: [film, ...deeper].map(({ layer }) => layer),
      status: LIVE_STATUSES.has(run.status) ? "stopped" : run.status,
    },
    begun: true,
    seq: run.last_seq,
    frames: framesOfFilm(film),
    training: extendTraining(
      emptyTraining(),
      metrics.step,
      numbersOf(metrics.loss),
      numbersOf(metrics.accuracy),
      metrics.count,
    ),
    evaluations: curveOf(
      metrics.evaluations.step,
      numbersOf(metrics.evaluations.validation_loss),
      numbersOf(metrics.evaluations.validation_accuracy),
    ),
  };
}

/**
 * @param {number[]} step
 * @param {number[]} loss
 * @param {number[] | null} accuracy
 * @returns {import("../types.js").Curve}
 */
const curveOf = (step, loss, accuracy) => ({ step, loss, accuracy: accuracy ?? [] });

/** A column of a curve, without a number where nothing was told. @param {(number | null)[] | null} column */
const numbersOf = (column) => (column ?? []).map((number) => number ?? NaN);
