// @ts-check
// Replay: the film in four seconds whatever its length, along the stretched time axis.

import { along, roundSteps, stepAt } from "../charts/axis.js";
import { lastStep } from "../state/selectors.js";

const FILM_MILLISECONDS = 4000;
const MARKED_STEPS_ROOM = 0.07;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {import("../store.js").Store} store */
export function createPlayer(store) {
  let playing = 0;

  function stop() {
    playing += 1;
    if (store.state.view.replaying) store.dispatch({ type: "looked_live" });
  }

  function replay() {
    const last = lastStep(store.state);
    if (store.state.view.replaying) return stop();
    if (!last) return;
    const round = ++playing;
    const start = performance.now();
    const jumps = still.matches ? roundSteps(last, MARKED_STEPS_ROOM) : null;
    const show = (/** @type {number} */ now) => {
      const share = Math.max(0, now - start) / FILM_MILLISECONDS;
      if (round !== playing || (share > 0 && !store.state.view.replaying)) return;
      if (share >= 1) return store.dispatch({ type: "looked_live" });
      const step = jumps ? jumps[Math.floor(share * jumps.length)] : stepAt(share * along(last));
      store.dispatch({ type: "looked_at", step: Math.floor(step), replaying: true });
      requestAnimationFrame(show);
    };
    show(start);
  }

  return { replay, stop };
}
