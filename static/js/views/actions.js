// @ts-check
// The three buttons: the next thing to press, one step, stop.

import { isLive } from "../state/selectors.js";
import { phaseOf } from "../state/phase.js";
import { spoilOf } from "../state/run.js";
import { mendingRate } from "../control/mending.js";
import { byId, setIcon, write } from "./elements.js";

/**
 * @typedef {{words: string, symbol: string, command: string}} MainAction
 * @typedef {import("../types.js").State} State
 */

/**
 * What the filled button does now.
 * @param {State} state
 * @returns {MainAction}
 */
export function mainAction(state) {
  const { run } = state;
  const phase = phaseOf(state);
  if (!run || phase === "missing") return { words: "Start training", symbol: "icon-play", command: "start" };
  if (phase === "paused") return { words: "Resume", symbol: "icon-play", command: "resume" };
  if (isLive(state)) return { words: "Pause", symbol: "icon-pause", command: "pause" };
  if (phase === "interrupted") return { words: "Go on", symbol: "icon-play", command: "goOn" };
  const rate = mendingRate(state);
  if (rate !== null) return { words: `Run again with ${rate}`, symbol: "icon-play", command: "mend" };
  if (phase === "finished" && spoilOf(run) === "pixels")
    return { words: "Run without shuffling", symbol: "icon-play", command: "runUnspoiled" };
  if (phase === "finished" && spoilOf(run) === "labels")
    return { words: "Run with true labels", symbol: "icon-play", command: "runUnspoiled" };
  return { words: "Run again", symbol: "icon-play", command: "runAgain" };
}

/** @type {Record<string, string>} */
const WAITING = {
  start: "Starting…",
  pause: "Pausing…",
  resume: "Resuming…",
  "go on": "Going on…",
  stop: "Stopping…",
};

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountActions(store, commands) {
  const main = byId("main-button");
  const step = byId("step-button");
  const stop = byId("stop-button");
  main.onclick = () => isFree(main) && commands[mainAction(store.state).command]();
  step.onclick = () => isFree(step) && commands.step();
  stop.onclick = () => isFree(stop) && commands.stop();
  store.subscribe((state) => {
    const live = isLive(state);
    const phase = phaseOf(state);
    const action = mainAction(state);
    const pending = state.pending !== null;
    const starts = !state.run || Boolean(state.missing);
    main.classList.toggle("large", starts);
    setIcon(main.querySelector("svg"), action.symbol);
    write(main.querySelector("span"), (pending && WAITING[state.pending ?? ""]) || action.words);
    main.disabled = false;
    hold(main, pending || ["loading", "stopping", "preparing", "queued"].includes(phase));
    step.hidden = !live && !starts;
    step.disabled = false;
    hold(step, pending || !["ready", "running", "paused"].includes(phase));
    stop.hidden = !live;
    hold(stop, pending || phase === "stopping");
    stop.ariaLabel = phase === "queued" || phase === "preparing" ? "Cancel" : "Stop";
    write(stop.querySelector("span"), stop.ariaLabel);
  });
}

/**
 * A button that waits keeps the focus, so it isn't disabled.
 * @param {HTMLElement} button
 * @param {boolean} waits
 */
function hold(button, waits) {
  button.ariaDisabled = waits ? "true" : null;
}

/** @param {HTMLElement} button */
const isFree = (button) => button.ariaDisabled !== "true";
