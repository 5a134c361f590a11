// @ts-check
// What the draft would make, asked of the server: shapes and faults at once, the first filters after
// that. The newest question alone is answered.

import { api } from "../../net/api.js";
import { frameOf } from "../../state/frames.js";
import { datasetKind } from "./kinds.js";
import { requestOf } from "./draft.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./draft.js").Recipe} Recipe
 * @typedef {import("../../net/answers.js").RecipePlan} Plan
 * @typedef {import("../../types.js").Frame} Frame
 * @typedef {object} Listener
 * @property {(plan: Plan) => void} onPlan
 * @property {(frame: Frame | null, recipe: Recipe) => void} onFrame
 * @property {(why: string) => void} onLost  where the server doesn't answer
 */

const REST_MILLISECONDS = 120;

export class Planning {
  #turn = 0;
  #asked = "";
  #drawn = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  /** @param {Listener} listener */
  constructor(listener) {
    this.listener = listener;
  }

  /** Asks what isn't asked or known yet, and tells whether it did. @param {Draft} draft */
  of(draft) {
    const asked = JSON.stringify(requestOf(draft));
    if (asked === this.#asked) return false;
    this.#asked = asked;
    const turn = (this.#turn += 1);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#ask(draft, turn), REST_MILLISECONDS);
    return true;
  }

  /** @param {Draft} draft @param {number} turn */
  async #ask(draft, turn) {
    try {
      const plan = await api.plan(requestOf(draft));
      if (turn !== this.#turn) return;
      this.listener.onPlan(plan);
      await this.#draw(draft.recipe, plan, turn);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#asked = "";
      this.listener.onLost(/** @type {Error} */ (error).message);
    }
  }

  /** @param {Recipe} recipe @param {Plan} plan @param {number} turn */
  async #draw(recipe, plan, turn) {
    const sketch = sketchOf(recipe, plan);
    const key = JSON.stringify(sketch);
    if (key === this.#drawn) return;
    const told = sketch && (await api.preview(sketch).catch(() => null));
    if (turn !== this.#turn) return;
    this.#drawn = key;
    this.listener.onFrame(told ? frameOf(told.snapshot) : null, recipe);
  }
}

/**
 * The smallest recipe that begins with the same filters: chance draws the first layers first.
 * @param {Recipe} recipe
 * @param {Plan} plan
 */
export function sketchOf(recipe, { layers, problems }) {
  const first = layers.findIndex(({ type }) => type === "conv2d");
  if (first < 0 || !layers[first].output_shape) return null;
  const { name, dataset, scaling, objective, seed, data_seed } = recipe;
  const shared = { name, dataset, scaling, seed, ...(data_seed ? { data_seed } : {}) };
  const length = { optimizer: { type: "sgd", learning_rate: 0.01 }, steps: 1, batch_size: 1 };
  const isCode = objective?.type === "sparse-code";
  if (isCode && problems.length) return null;
  const { classes } = datasetKind(dataset);
  if (!isCode && !classes) return null;
  const begin = recipe.layers.slice(0, first + 1).map((layer) => ({ ...layer, trainable: undefined }));
  const end = isCode ? [] : [{ type: "global_average_pool2d" }, { type: "dense", units: classes }];
  return { ...shared, objective, ...length, layers: [...begin, ...end] };
}
