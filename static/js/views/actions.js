// @ts-check
// The buttons: the next thing to press, one step, other settings, stop.

import { canRerun, canSteer } from "../state/known.js";
import { hasEnded, isLive } from "../state/selectors.js";
import { phaseOf } from "../state/phase.js";
import { isWatched } from "../state/watched.js";
import { spoilOf } from "../state/run.js";
import { mendingRate } from "../control/mending.js";
import { anewWords } from "../words/going_on.js";
import { byId, setIcon, write } from "./elements.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Commands} Commands
 * @typedef {{words: string, symbol: string, act: (commands: Commands) => void}} MainAction
 */

/**
 * What the filled button does now.
 * @param {State} state
 * @returns {MainAction}
 */
export function mainAction(state) {
  const { run } = state;
  const phase = phaseOf(state);
  if (!run || phase === "missing") return play("Start training", (commands) => commands.start());
  if (phase === "paused") return play("Resume", (commands) => commands.resume());
  if (isLive(state)) return { words: "Pause", symbol: "icon-pause", act: (commands) => commands.pause() };
  if (phase === "interrupted") return play("Go on", (commands) => commands.goOn());
  if (!canRerun(state)) return play("Start training", (commands) => commands.start());
  const rate = mendingRate(state);
  if (rate !== null) return play(`Run again with ${rate}`, (commands) => commands.mend());
  if (phase === "finished" && spoilOf(run) === "pixels")
    return play("Run without shuffling", (commands) => commands.runUnspoiled());
  if (phase === "finished" && spoilOf(run) === "labels")
    return play("Run with true labels", (commands) => commands.runUnspoiled());
  return play("Run again", (commands) => commands.runAgain());
}

/** @param {string} words @param {MainAction["act"]} act @returns {MainAction} */
const play = (words, act) => ({ words, symbol: "icon-play", act });

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
 * @param {Commands} commands
 */
export function mountActions(store, commands) {
  const main = byId("main-button");
  const step = byId("step-button");
  const stop = byId("stop-button");
  const change = byId("change-button");
  main.onclick = () => isFree(main) && mainAction(store.state).act(commands);
  step.onclick = () => isFree(step) && commands.step();
  stop.onclick = () => isFree(stop) && commands.stop();
  store.subscribe((state) => {
    const live = isLive(state);
    const phase = phaseOf(state);
    const pending = state.pending !== null;
    const starts = !state.run || Boolean(state.missing);
    main.classList.toggle("large", starts);
    nameMain(main, state);
    hold(main, pending || ["loading", "stalled", "stopping", "preparing", "queued"].includes(phase));
    main.hidden = state.run !== null && !(live ? canSteer(state) : canRerun(state)) && !state.missing;
    step.hidden = (!live && !starts) || !canSteer(state);
    step.disabled = false;
    hold(step, pending || !["ready", "running", "paused"].includes(phase));
    change.hidden = live || (state.run !== null && !state.missing && !canRerun(state));
    stop.hidden = !live || !canSteer(state);
    hold(stop, pending || phase === "stopping");
    stop.ariaLabel = phase === "queued" || phase === "preparing" ? "Cancel" : "Stop";
    write(stop.querySelector("span"), stop.ariaLabel);
  });
}

/** @param {ReturnType<typeof byId>} main @param {import("../types.js").State} state */
function nameMain(main, state) {
  const action = mainAction(state);
  setIcon(main.querySelector("svg"), action.symbol);
  write(main.querySelector("span"), WAITING[state.pending ?? ""] || action.words);
  main.title = state.run && hasEnded(state) && canRerun(state) ? anewWords(state.run) : "";
  main.disabled = false;
}

/**
 * What a run that stands still offers beside: to go on further, the same with another seed.
 * @param {import("../store.js").Store} store
 * @param {Commands} commands
 */
export function mountAfterwards(store, commands) {
  const further = byId("further-button");
  const seed = byId("seed-button");
  further.onclick = async () => {
    const { askHowFar } = await import("./going_on.js");
    if (store.state.run) askHowFar(store.state.run, commands);
  };
  seed.onclick = () =>
    isFree(seed) && (phaseOf(store.state) === "interrupted" ? commands.runAgain() : commands.newSeed());
  store.subscribe((state) => {
    const { run } = state;
    const phase = phaseOf(state);
    const isOver = hasEnded(state) && canRerun(state);
    const standsWell = phase === "paused" || (hasEnded(state) && phase !== "failed");
    further.hidden = !canSteer(state) || !run?.step || !standsWell;
    seed.hidden = !isOver && !(phase === "interrupted" && canRerun(state));
    seed.ariaLabel = phase === "interrupted" ? "Begin anew" : "New seed";
    const anew = run ? anewWords(run) : "";
    const usual = phase === "interrupted" ? "The same recipe from its first step" : nextSeed(run);
    seed.title = anew ? `${usual}. ${anew}` : usual;
    setIcon(seed.querySelector("svg"), phase === "interrupted" ? "icon-replay" : "icon-seed");
    write(seed.querySelector("span"), seed.ariaLabel);
    hold(seed, state.pending !== null);
  });
}

/** @param {import("../types.js").Run | null} run */
const nextSeed = (run) => `The same recipe with seed ${(run?.recipe?.seed ?? 0) + 1}`;

/**
 * The training goes on elsewhere, whoever looks.
 * @param {import("../store.js").Store} store
 * @param {Commands} commands
 */
export function mountLeaving(store, commands) {
  const leave = byId("leave-button");
  leave.onclick = () => commands.leave();
  store.subscribe((state) => (leave.hidden = !isLive(state) || !isWatched(state)));
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
