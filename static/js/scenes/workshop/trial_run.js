// @ts-check
// One run of a trial: what it has come to, live until its end.

import { LIVE_STATUSES } from "../../contract.js";
import { api } from "../../net/api.js";
import { EventStream } from "../../net/stream.js";
import { decodeArray, decodeShape } from "../../net/typed_array.js";
import { wayOf } from "./trial_ways.js";

/**
 * @typedef {import("../../types.js").Recipe} Recipe
 * @typedef {import("../../types.js").Kernel} Kernel
 */

const DAMAGED = "The disk has damaged this run.";
const STEERED = "Somebody changed its learning rate on the way.";

export class TrialRun {
  /** The first layer's, as it is now. @type {Kernel | null} */
  kernel = null;
  /** @type {EventStream | null} */
  #stream = null;

  /**
   * @param {import("../../types.js").Run} told
   * @param {() => void} changed
   * @param {(run: TrialRun) => void} gone  called when somebody has deleted it
   */
  constructor(told, changed, gone) {
    this.id = told.id;
    this.recipe = /** @type {Recipe} */ (told.recipe);
    this.way = wayOf(this.recipe);
    this.status = told.status;
    this.step = told.step;
    this.total = told.total_steps ?? 0;
    this.layer = told.layers[0];
    this.classes = told.described.class_names.length;
    /** Of new pictures. */
    this.accuracy = told.metrics.validation_accuracy;
    /** Why it broke, or isn't what its recipe says. */
    this.problem = told.error?.message ?? "";
    this.changed = changed;
    this.gone = gone;
    if (this.isGoingOn) this.#follow();
    else this.#look();
  }

  get isGoingOn() {
    return LIVE_STATUSES.has(this.status);
  }

  /** Whether it came to its end by its recipe alone. */
  get counts() {
    return this.status === "finished" && !this.problem;
  }

  close() {
    this.#stream?.close();
  }

  #follow() {
    this.#stream = new EventStream(this.id, {
      onEvent: (event) => this.#hear(event),
      onOpen() {},
      onLost: () => this.#lookAfter(),
      onReset() {},
      onDamaged: () => this.#put({ problem: DAMAGED }),
      onEnd() {},
    });
  }

  /** A run that somebody deleted does not come back by waiting. */
  async #lookAfter() {
    const gone = await api.run(this.id).then(
      () => false,
      (error) => error.status === 404,
    );
    if (gone) this.gone(this);
  }

  /** @param {import("../../net/stream.js").RunEvent} event */
  #hear({ kind, data }) {
    if (kind === "run_started") this.#put({ status: "running" });
    else if (kind === "snapshot") this.#put({ kernel: kernelOf(data.kernel), step: data.step });
    else if (kind === "evaluated") this.#put({ accuracy: data.validation_accuracy ?? null });
    else if (kind === "status_changed") this.#put({ status: data.status });
    else if (kind === "learning_rate_changed") this.#put({ problem: STEERED });
    else if (kind === "run_finished") this.#put({ status: "finished", step: data.step });
    else if (kind === "run_stopped") this.#put({ status: "stopped" });
    else if (kind === "run_failed") this.#put({ status: "failed", problem: data.message });
  }

  async #look() {
    const told = await api.snapshot(this.id, "latest", this.layer).catch(() => null);
    if (told) this.#put({ kernel: kernelOf(told.kernel) });
  }

  /** @param {Partial<TrialRun>} change */
  #put(change) {
    Object.assign(this, change);
    this.changed();
  }
}

/** @param {import("../../types.js").TypedArraySpec} told @returns {Kernel} */
function kernelOf(told) {
  const shape = /** @type {Kernel["shape"]} */ (decodeShape(told));
  return { shape, weights: /** @type {Float32Array} */ (decodeArray(told)) };
}
