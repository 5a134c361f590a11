// @ts-check
// State in a word, how fast and how long still; replay or back to live.

import { expectedSeconds } from "../state/durations.js";
import { phaseOf } from "../state/phase.js";
import { isLive, looksBack, stepsPerSecond, totalSteps } from "../state/selectors.js";
import { fixed, grouped, remainingTime, shortTime } from "../words/numbers.js";
import { byId, setIcon, write } from "./elements.js";
import { atMostEvery } from "./headline.js";

/** @typedef {import("../types.js").State} State */

/** @type {Record<import("../state/phase.js").Phase, string>} */
const WORDS = {
  loading: "One moment",
  missing: "Not found",
  ready: "Ready",
  queued: "Queued",
  preparing: "Getting ready",
  running: "Training live",
  paused: "Paused",
  stopping: "Stopping",
  finished: "Finished",
  stopped: "Stopped",
  failed: "Failed",
  interrupted: "Interrupted",
};

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountDock(store, commands) {
  const root = byId("state");
  const dot = root.querySelector(".dot");
  const replay = byId("replay-button");
  replay.onclick = () => (isLive(store.state) && looksBack(store.state) ? commands.lookLive() : commands.replay());
  const writePace = atMostEvery(250, () => {
    const [progress, pace] = details(store.state);
    write(root.querySelector(".progress"), progress);
    write(root.querySelector(".pace"), pace);
  });
  store.subscribe((state) => {
    const phase = phaseOf(state);
    const lost = state.connection.status === "lost";
    const back = looksBack(state) && isLive(state);
    dot.dataset.status = lost ? "lost" : phase;
    dot.hidden = ["ready", "loading", "missing"].includes(phase);
    dot.classList.toggle("live", phase === "running" && !lost);
    write(root.querySelector(".word"), lost ? "Not connected" : WORDS[phase]);
    writePace();
    replay.hidden = state.frames.length < 2;
    write(replay.querySelector("span"), state.view.replaying ? "Replaying" : back ? "Back to live" : "Replay");
    setIcon(replay.querySelector("svg"), back && !state.view.replaying ? "icon-step" : "icon-replay");
  });
}

/** How far it is, and how fast it goes on. @param {State} state @returns {[string, string]} */
function details(state) {
  const { run } = state;
  const total = totalSteps(state);
  if (!run) {
    const seconds = expectedSeconds(state, state.choice.preset);
    if (!total || state.missing) return ["", ""];
    return [`${grouped(total)} steps${seconds === null ? "" : `, about ${shortTime(seconds)}`}`, ""];
  }
  const progress = `${grouped(run.step)} of ${grouped(total)} steps`;
  if (run.status === "finished") {
    const time = run.training_seconds ? ` in ${took(run.training_seconds)}` : "";
    return [`${grouped(run.step)} steps${time}`, ""];
  }
  const pace = stepsPerSecond(state);
  if (pace === null || pace <= 0) return [progress, ""];
  return [`${progress} ·`, `${Math.round(pace)}/s · ${remainingTime((total - run.step) / pace)} left`];
}

/** @param {number} seconds */
const took = (seconds) => (seconds < 60 ? `${fixed(seconds, 1)} s` : remainingTime(seconds));
