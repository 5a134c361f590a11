// @ts-check
// State in a word, how fast and how long still; replay at a speed, jumps, back to live.

import { isChanged } from "../state/chosen.js";
import { expectedSeconds } from "../state/durations.js";
import { edgeMoment } from "../state/moments.js";
import { phaseOf } from "../state/phase.js";
import { secondsLeft, stepsPerSecond } from "../state/pace.js";
import { isLive, looksBack, totalSteps } from "../state/selectors.js";
import { knows } from "../state/known.js";
import { switchedIn } from "../state/switched.js";
import { isOpened, isWatched } from "../state/watched.js";
import { capital, fixed, grouped, remainingTime, shortTime } from "../words/numbers.js";
import { offWords } from "../words/switched.js";
import { stepNamed, stepWord, stepsCounted } from "../words/steps.js";
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
  stalled: "Standing still",
  stopping: "Stopping",
  finished: "Finished",
  stopped: "Stopped",
  failed: "Failed",
  interrupted: "Interrupted",
};

/** Of what somebody's own program trains. @type {Partial<typeof WORDS>} */
const LISTENING = {
  preparing: "Listening",
  running: "Listening",
  interrupted: "Silent",
  finished: "Program ended",
};

/** Of what is read from files. @type {Partial<typeof WORDS>} */
const OPENED = { preparing: "Reading", running: "Reading", interrupted: "Half read", finished: "Opened" };

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountDock(store, commands) {
  const root = byId("state");
  const dot = root.querySelector(".dot");
  mountTravel(store, commands);
  const writePace = atMostEvery(250, () => {
    const [progress, pace] = details(store.state);
    write(root.querySelector(".progress"), progress);
    write(root.querySelector(".pace"), pace);
  });
  store.subscribe((state) => {
    const phase = phaseOf(state);
    const lost = state.connection.status === "lost";
    dot.dataset.status = lost ? "lost" : phase;
    dot.hidden = ["ready", "loading", "missing"].includes(phase);
    dot.classList.toggle("live", phase === "running" && !lost);
    write(root.querySelector(".word"), lost ? "Not connected" : wordOf(state, phase));
    writePace();
  });
}

/** @param {State} state @param {import("../state/phase.js").Phase} phase */
const wordOf = (state, phase) =>
  copyWords(state) ||
  (isWatched(state) && LISTENING[phase]) ||
  (isOpened(state) && OPENED[phase]) ||
  WORDS[phase];

/** While filters are off in a copy, and that is what is looked at. @param {State} state */
function copyWords(state) {
  const switched = state.run && knows(state, "data") ? switchedIn(state) : null;
  return switched ? offWords(switched) : "";
}

/** While it trains, whoever looks back wants to come back. @param {State} state */
const wantsBack = (state) => isLive(state) && looksBack(state) && !state.view.replaying;

/**
 * Replay and its speed, and the three places worth a jump.
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
function mountTravel(store, commands) {
  const root = byId("travel");
  const [first, edge, latest] = ["go-first", "go-edge", "go-latest"].map(byId);
  const [replay, speed] = [byId("replay-button"), byId("speed")];
  first.onclick = () => commands.lookAt(0);
  latest.onclick = () => commands.lookLive();
  edge.onclick = () => commands.lookAt(edgeMoment(store.state)?.step ?? 0);
  replay.onclick = () => (wantsBack(store.state) ? commands.lookLive() : commands.replay());
  speed.onchange = () => store.dispatch({ type: "speed_chosen", speed: Number(speed.value) });
  store.subscribe((state) => {
    const { replaying } = state.view;
    const back = wantsBack(state);
    const moment = edgeMoment(state);
    root.hidden = state.frames.length < 2;
    write(
      replay.querySelector("span"),
      replaying ? "Pause" : back ? "Back to live" : looksBack(state) ? "Play on" : "Replay",
    );
    replay.ariaLabel = replaying ? "Pause the replay" : null;
    setIcon(
      replay.querySelector("svg"),
      replaying ? "icon-pause" : back ? "icon-step" : looksBack(state) ? "icon-play" : "icon-replay",
    );
    edge.disabled = moment === null;
    const words = moment && capital(`${stepNamed(state.run, moment.step)}: ${moment.words}`);
    edge.ariaLabel = edge.title = words ?? "No edge yet";
    speed.value = String(state.view.speed);
  });
}

/** How far it is, and how fast it goes on. @param {State} state @returns {[string, string]} */
function details(state) {
  const { run } = state;
  const total = totalSteps(state);
  if (!run) {
    const seconds = isChanged(state.choice) ? null : expectedSeconds(state, state.choice.preset);
    if (!total || state.missing) return ["", ""];
    const steps = `${grouped(total)} steps`;
    return seconds === null ? [steps, ""] : [`${steps},`, `about ${shortTime(seconds)}`];
  }
  if (isOpened(state)) return [run.step ? stepNamed(run, run.step) : "", ""];
  const progress =
    run.total_steps === null
      ? isLive(state)
        ? `${stepNamed(run, run.step)}, no end known`
        : `${stepsCounted(run, run.step)} so far`
      : `${grouped(run.step)} of ${stepsCounted(run, total)}`;
  if (run.status === "finished") {
    const time = run.training_seconds ? ` in ${took(run.training_seconds)}` : "";
    const from = run.continues?.step;
    const done = from
      ? `${stepWord(run, 2)} ${grouped(from)} to ${grouped(run.step)}`
      : stepsCounted(run, run.step);
    return [`${done}${time}`, ""];
  }
  const pace = stepsPerSecond(state);
  if (pace === null || pace <= 0) return [progress, ""];
  const left = secondsLeft(state);
  const speed = `${pace < 2 ? fixed(pace, 1) : Math.round(pace)}/s`;
  return [`${progress} ·`, left === null ? speed : `${speed} · ${remainingTime(left)} left`];
}

/** @param {number} seconds */
const took = (seconds) => (seconds < 60 ? `${fixed(seconds, 1)} s` : remainingTime(seconds));
