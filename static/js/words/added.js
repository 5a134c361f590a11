// @ts-check
// What training added to the filters, in words: no more is claimed than chance leaves over.

import { addedAt, beyondChance, judgedShown, meanLeft } from "../state/added.js";
import { spoilOf } from "../state/run.js";
import { judgedFrame, looksBack, orientedCount } from "../state/selectors.js";
import { percent } from "./numbers.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Frame} Frame
 */

const SPOILT = {
  none: "",
  pixels: " The pixels were shuffled, so no edge should have been added.",
  labels: " The labels are random, so no edge should have been added.",
};

export const ADDED_DOUBT =
  "The network answers by the whole filter, its noise included; only here is the start taken away. That " +
  "edges were added says what these pictures taught (random labels and shuffled pixels add none), not that " +
  "the network needs them or understands.";

/** The claim while the difference is shown. @param {State} state @returns {string} */
export function addedClaim(state) {
  const frame = judgedFrame(state);
  if (!frame || frame.step === 0) return "Before the first step nothing has been added.";
  const verdicts = addedAt(state, frame);
  if (!verdicts && state.added.of.has(frame.step)) return "What training added can’t be judged at this size.";
  if (!verdicts) return "What training added is being judged.";
  const count = frame.kernel.shape[3];
  const added = (verdicts.counts.edge ?? 0) + (verdicts.counts.line ?? 0);
  if (verdicts.counts.dead === count) return "Nothing was added: no filter has moved.";
  if (!added) return "Beneath the noise: no edge was learned.";
  if (!beyondChance(verdicts)) return `Beneath the noise: ${added} of ${count}, no more than chance.`;
  if (orientedCount(frame) >= added)
    return `With their start taken away, ${added} of ${count} still see edges or lines.`;
  const learned = looksBack(state) ? "had learned" : "learned";
  return `Beneath the noise: ${added} of ${count} ${learned} an edge or a line.`;
}

/** What is shown, and what chance would do. @param {State} state @returns {string} */
export function addedSentence(state) {
  const frame = judgedShown(state);
  const spoil = SPOILT[state.run ? spoilOf(state.run) : state.choice.spoil];
  if (!frame || frame.step === 0)
    return `As training goes on, this shows what it adds to the filters.${spoil}`;
  const chance = chanceWords(state, frame.kernel.shape[3]);
  return `Shown is what training added: each filter, less what is left of its start. ${chance}${spoil}`;
}

/** What chance gives among so many. @param {State} state @param {number} count */
export function chanceWords({ added }, count) {
  if (!added.chance) return "";
  const expected = added.chance * count;
  return `Chance gives ${expected < 1 ? "hardly one" : `about ${Math.round(expected)}`} of ${count}.`;
}

/** `19 % of the start is left`. @param {Frame} frame */
export function leftWords(frame) {
  const left = meanLeft(frame);
  return left > 0.995 ? "all of the start is still there" : `${percent(left)} of the start is left`;
}

/** The sentence of the “?”. @param {Frame | null} frame */
export function differenceHint(frame) {
  const left = frame?.left ? ` On average ${leftWords(frame)}.` : "";
  return (
    "W − min(a, 1)·W₀: from each filter W as much of its start W₀ is taken as is left in it, a = ⟨W, W₀⟩ / " +
    `⟨W₀, W₀⟩, and never more than all of it.${left} What remains is judged as a filter is.`
  );
}
