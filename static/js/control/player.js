// @ts-check
// Replay: the film in four seconds whatever its length, or at the speed chosen, along the stretched axis.

import { along, roundSteps, stepAt } from "../charts/axis.js";
import { lastStep } from "../state/selectors.js";

const FILM_MILLISECONDS = 4000;
const MARKED_STEPS_ROOM = 0.07;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {import("../store.js").Store} store */
export function createPlayer(store) {
  let playing = 0;

  const look = (/** @type {number} */ step, /** @type {boolean} */ replaying) =>
    store.dispatch({ type: "looked_at", step, replaying });

  /** Plays from where one looks, at the end from the start; once more stands still there. */
  function replay() {
    const { view } = store.state;
    const last = lastStep(store.state);
    if (view.replaying) return look(view.step ?? 0, false);
    if (!last) return;
    const round = ++playing;
    const jumps = still.matches ? roundSteps(last, MARKED_STEPS_ROOM) : null;
    let share = view.step === null ? 0 : along(view.step) / along(last);
    let before = performance.now();
    const show = (/** @type {number} */ now) => {
      if (round !== playing || !store.state.view.replaying) return;
      share += (Math.max(0, now - before) * store.state.view.speed) / FILM_MILLISECONDS;
      before = now;
      if (share >= 1) return store.dispatch({ type: "looked_live" });
      look(stepOf(share), true);
      requestAnimationFrame(show);
    };
    const stepOf = (/** @type {number} */ at) =>
      Math.floor(jumps ? jumps[Math.floor(at * jumps.length)] : stepAt(at * along(last)));
    look(stepOf(share), true);
    requestAnimationFrame(show);
  }

  return { replay };
}
