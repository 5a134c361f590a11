// @ts-check
// “The network”: which step its files can be had of, what they weigh, or why there are none.

import { api } from "../net/api.js";
import { currentFrame } from "../state/selectors.js";
import { byId, write } from "../views/elements.js";
import { nearestOf, sizeInWords } from "./query.js";

const NEVER_WHOLE = "No step of this run holds the whole network; NPZ has the layers that were kept.";

export class NetworkFiles {
  /** That the files are of, once the server has told. @type {number | null} */
  step = null;

  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.root = byId("export-networks");
    this.why = byId("export-network-why");
    this.files = /** @type {HTMLElement} */ (this.root.querySelector("ul"));
  }

  /** Asks anew, as whoever opens the dialog finds it. */
  async list() {
    const { run } = this.store.state;
    this.#show(null, []);
    if (!run) return;
    const reason = reasonOf(run);
    if (reason) {
      this.#say(reason);
      return;
    }
    const told = await api.networkSteps(run.id).catch((error) => this.#refuse(error));
    if (!told || this.store.state.run?.id !== run.id) return;
    this.#show(currentFrame(this.store.state)?.step ?? null, told.steps);
    this.#weigh(told.bytes ?? {});
    if (!told.steps.length) this.#say(NEVER_WHOLE);
  }

  /** @param {unknown} error */
  #refuse(error) {
    this.#say(error instanceof Error ? error.message : String(error));
    return null;
  }

  /** @param {string} words */
  #say(words) {
    this.why.hidden = false;
    this.files.hidden = true;
    write(this.why, words);
  }

  /** @param {number | null} looked @param {number[]} steps */
  #show(looked, steps) {
    this.why.hidden = true;
    this.files.hidden = false;
    this.step = steps.length ? nearestOf(steps, looked ?? Infinity) : null;
    const isOwn = this.store.state.run?.source === "own";
    write(byId("export-network-step"), stepInWords(this.step, looked, isOwn));
  }

  /** @param {Record<string, number>} bytes  by format */
  #weigh(bytes) {
    const buttons = /** @type {NodeListOf<HTMLElement>} */ (this.files.querySelectorAll("[data-network]"));
    for (const button of buttons) {
      const size = bytes[button.dataset.network ?? ""];
      const place = /** @type {HTMLElement} */ (button.querySelector("[data-size]"));
      write(place, size === undefined ? "" : `About ${sizeInWords(size)}.`);
    }
  }
}

/** @param {import("../types.js").Run} run @returns {string | null}  why there is no file of it */
function reasonOf({ described, can }) {
  if (described.objective === "sparse-code")
    return "A sparse code is no network that Keras, ONNX or PyTorch has; NPZ has its filters.";
  return can.look === "kernel" ? "Only this network’s kernels are known here; NPZ has them." : null;
}

/** @param {number | null} step @param {number | null} looked @param {boolean} isOwn */
function stepInWords(step, looked, isOwn) {
  if (step === null) return "";
  const nearest = looked === null || looked === step ? "" : ", the nearest kept whole";
  const takes = isOwn ? "takes pixels from 0 to 255" : "takes pictures as its program prepared them";
  return `at step ${step}${nearest}; ${takes}`;
}
