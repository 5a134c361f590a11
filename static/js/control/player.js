// @ts-check
// Replay: the film in four seconds whatever its length, or at the speed chosen, along the stretched axis.

import { along, roundSteps, stepAt } from "../charts/axis.js";
import { lastStep } from "../state/selectors.js";

const FILM_MILLISECONDS = 4000;
const ROUNDING = 1e-9; // else the first step would be the one before it
const MARKED_STEPS_ROOM = 0.07;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Player {
  /** How often a replay was begun: the last one alone goes on. */
  #round = 0;

  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
  }

  /** Plays from where one looks, at the end from the start; once more stands still there. */
  replay() {
    const { view } = this.store.state;
    const last = lastStep(this.store.state);
    const first = Math.min(this.store.state.frames[0]?.step ?? 0, last);
    if (view.replaying) return this.#look(view.step ?? 0, false);
    const place = (along(view.step ?? first) - along(first)) / (along(last) - along(first));
    if (last > first) this.#play(Math.max(0, place), stepsAlong(first, last));
  }

  /** @param {number} share  of the film, to begin at @param {(share: number) => number} stepAt */
  #play(share, stepAt) {
    const round = ++this.#round;
    let before = performance.now();
    const show = (/** @type {number} */ now) => {
      const { replaying, speed } = this.store.state.view;
      if (round !== this.#round || !replaying) return;
      share += (Math.max(0, now - before) * speed) / FILM_MILLISECONDS;
      before = now;
      if (share >= 1) return this.store.dispatch({ type: "looked_live" });
      this.#look(stepAt(share), true);
      requestAnimationFrame(show);
    };
    this.#look(stepAt(share), true);
    requestAnimationFrame(show);
  }

  /** @param {number} step @param {boolean} replaying */
  #look(step, replaying) {
    this.store.dispatch({ type: "looked_at", step, replaying });
  }
}

/**
 * The step at a share of the film; with reduced motion it jumps from one marked step to the next.
 * @param {number} first
 * @param {number} last
 */
function stepsAlong(first, last) {
  const marked = roundSteps(last, MARKED_STEPS_ROOM).filter((step) => step > first);
  const jumps = still.matches ? [first, ...marked] : null;
  const length = along(last) - along(first);
  return (/** @type {number} */ share) =>
    Math.floor(
      jumps ? jumps[Math.floor(share * jumps.length)] : stepAt(along(first) + share * length + ROUNDING),
    );
}
