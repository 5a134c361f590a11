// @ts-check
// The headline, and the line under it: a sentence, or a notice that says what happens next.

import { EDGES_OR_LINES, STILL_NOISE } from "../contract.js";
import { judgesDifference } from "../state/added.js";
import { isChanged } from "../state/chosen.js";
import { expectedSeconds } from "../state/durations.js";
import { hasEnding } from "../state/ending.js";
import { canRerun } from "../state/known.js";
import { objectiveOf } from "../state/objective.js";
import { phaseOf } from "../state/phase.js";
import { spoilOf } from "../state/run.js";
import { beginsAtStart, isFromElsewhere, isOpened } from "../state/watched.js";
import { isExpanded } from "../state/pictures.js";
import {
  chanceCount,
  isDeep,
  isLive,
  judgedFrame,
  looksBack,
  orientedCount,
  previewFrame,
} from "../state/selectors.js";
import { addedClaim, addedSentence } from "./added.js";
import { changedWords } from "./changed.js";
import { whose } from "./known.js";
import {
  alerted,
  damaged,
  deep,
  failed,
  interrupted,
  lookingBack,
  lost,
  missing,
  plain,
  stalled,
  waitsForRoom,
  withDelay,
} from "./notices.js";
import { opened } from "./opened.js";
import { capital, grouped, inWords, spokenTime } from "./numbers.js";
import { OBJECTIVES } from "./objectives.js";
import { stepNamed, stepsCounted } from "./steps.js";
import { ending, endingClaim, isLong, meanwhile } from "./story.js";
import { awaited, broke, deepLayer, ended, listening, plainClaim, silent } from "./watched.js";

/** @typedef {import("../types.js").State} State */
/** @typedef {import("./notices.js").Under} Under */

const SPOILED = {
  none: "",
  pixels: "The pixels were shuffled, so neighbours mean nothing.",
  labels: "The labels are random, so there is nothing to learn.",
};

/** @param {State} state @returns {string} */
export function headline(state) {
  const phase = phaseOf(state);
  if (phase === "missing") return "Run not found.";
  if (phase === "loading") return "Getting the experiments…";
  if (phase === "preparing")
    return isOpened(state)
      ? "Reading the file…"
      : isFromElsewhere(state)
        ? "Waiting for your program’s first picture…"
        : "Getting the pictures ready…";
  if (phase === "queued")
    return state.run?.sweep ? "Waiting for its turn in its sweep." : "Waiting for another run to end.";
  if (isExpanded(state)) return `What the filters of ${state.view.layer} look for, in pixels.`;
  if (isFromElsewhere(state) && (isDeep(state) || isUnjudged(state))) return plainClaim(state);
  if (isDeep(state)) return "A deeper layer, shown as raw numbers.";
  if (phase === "failed" && !looksBack(state))
    return `Everything up to ${stepNamed(state.run, state.run?.step ?? 0)} is kept.`;
  if (judgesDifference(state)) return addedClaim(state);
  return (hasEnding(state) && endingClaim(state)) || claim(state);
}

/** @param {State} state @returns {Under} */
export const under = (state, now = 0) => withDelay(state, underNow(state, now));

/** @param {State} state @param {number} now @returns {Under} */
function underNow(state, now) {
  const phase = phaseOf(state);
  if (phase === "missing") return missing();
  if (state.connection.status === "lost") return lost(state, now);
  if (state.connection.status === "damaged") return damaged(state);
  if (looksBack(state) && isLive(state)) return lookingBack(state);
  if (isFromElsewhere(state)) return underElsewhere(state, now);
  if (isDeep(state)) return deep(state);
  if (phase === "failed") return failed(state);
  if (phase === "interrupted") return interrupted(state);
  if (phase === "paused" && state.run?.cause === "disk_full") return waitsForRoom();
  if (phase === "stalled") return stalled(state);
  if (phase === "preparing") return plain("About half a second. Training starts by itself.");
  if (phase === "queued") return plain("Training starts by itself as soon as its turn comes.");
  if (phase === "loading") return plain("");
  if (state.alerts.length && !looksBack(state)) return alerted(state);
  if (looksBack(state) && !state.view.replaying)
    return { ...plain(sentence(state)), action: { words: "Back to the end", command: "lookLive" } };
  if (state.run?.status === "running" && isLong(state))
    return meanwhile(state, SPOILED[spoilOf(state.run)] || "They began at random; nobody drew them.");
  if (hasEnding(state)) return ending(state);
  return plain(sentence(state));
}

/**
 * Under the headline of a run that wasn't trained here.
 * @param {State} state
 * @param {number} now
 */
function underElsewhere(state, now) {
  const { run } = state;
  if (isOpened(state)) return state.alerts.length && !isDeep(state) ? alerted(state) : opened(state);
  if (run?.status === "failed") return broke(state);
  if (run?.status === "interrupted") return silent(state, now);
  if (state.alerts.length && !looksBack(state) && !isDeep(state)) return alerted(state);
  if (isDeep(state)) return state.deep?.frames.length ? deepLayer(state, now) : awaited(state);
  if (looksBack(state) && !state.view.replaying)
    return {
      ...ended(state, now),
      action: /** @type {const} */ ({ words: "Back to the end", command: "lookLive" }),
    };
  return isUnjudged(state)
    ? deepLayer(state, now)
    : run?.status === "running"
      ? listening(state, now)
      : ended(state, now);
}

/** Whether nobody can say what the filters on the stage are. @param {State} state */
const isUnjudged = (state) => state.frames.length > 0 && !judgedFrame(state)?.verdicts;

/** @param {State} state */
function claim(state) {
  const frame = judgedFrame(state);
  const count = frame?.kernel.shape[3] ?? 0;
  if (!count) return state.run ? state.run.name : "Watch filters learn to see.";
  if (frame?.step === 0 && orientedCount(frame) <= chanceCount(frame)) {
    return `${capital(inWords(count))} ${startClaim(state)}`;
  }
  const oriented = orientedCount(frame);
  return `${oriented} of ${count} filters ${verb(state, oriented)} ${EDGES_OR_LINES}.`;
}

/** @param {State} state */
function startClaim(state) {
  if (canRerun(state)) return STILL_NOISE;
  if (isOpened(state)) return "filters, as the file has them.";
  return beginsAtStart(state.run) ? "filters, before the first step." : "filters, as they first came.";
}

/** @param {State} state @param {number} oriented */
function verb(state, oriented) {
  if (looksBack(state) || state.connection.status === "lost") return "saw";
  const see = oriented === 1 ? "sees" : "see";
  return isLive(state) && oriented ? `now ${see}` : see;
}

/** @param {State} state */
function sentence(state) {
  const { run } = state;
  if (judgesDifference(state)) return addedSentence(state);
  if (!run) return invitation(state);
  if (!canRerun(state)) return fromElsewhere(state, run);
  const spoil = spoilOf(run);
  const step = judgedFrame(state)?.step ?? 0;
  if (spoil !== "none") return `${SPOILED[spoil]} ${spoiledEnd(state)}`;
  if (step === 0) return "Nothing has been learnt yet: these numbers were drawn at random.";
  return (
    `They began at random; nobody drew them. While ${OBJECTIVES[objectiveOf(state)].learning}, ` +
    `the network corrected them ${step === 1 ? "once" : `${grouped(step)} times`}.`
  );
}

/** @param {State} state @param {import("../types.js").Run} run */
function fromElsewhere(state, run) {
  const step = judgedFrame(state)?.step ?? 0;
  if (step === 0) return `${whose(run)} These are its first recorded numbers.`;
  return `${whose(run)} ${stepsCounted(run, step)} ${step === 1 ? "has" : "have"} changed them so far.`;
}

/** @param {State} state */
function spoiledEnd(state) {
  if (orientedCount(judgedFrame(state))) return "A filter that passes here does so by chance.";
  return isLive(state) ? "No edges should appear." : "No edges appear, as it should be.";
}

/** @param {State} state */
function invitation(state) {
  if (state.access === "watch")
    return "You can only watch. As soon as somebody starts a run, it appears in the list.";
  const { preset, spoil, changes = {} } = state.choice;
  const named = state.presets?.find(({ name }) => name === preset);
  if (named && isChanged(state.choice) && !state.choice.unsettled)
    return `This is ${named.title} ${changedWords(changes, named.recipe)}. Press Start to train just that.`;
  const seconds = expectedSeconds(state, preset);
  const time = seconds === null ? "" : ` It takes about ${spokenTime(seconds)}.`;
  if (spoil === "pixels") return `The pixels will be shuffled: no edge should appear.${time}`;
  if (spoil === "labels") return `The labels will be random: no edge should appear.${time}`;
  const small = (previewFrame(state)?.kernel.shape[0] ?? 9) <= 3;
  const hope = small
    ? "Press Start: their noise will stay. “Difference” shows what training adds beneath it."
    : "Press Start and watch them learn to see edges.";
  return hope + time;
}
