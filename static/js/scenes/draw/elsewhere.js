// @ts-check
// What is said of a network that somebody's own program trains, when it answers a picture or can't.

import { fitOfNetwork } from "../../pictures/fitting.js";
import { knows } from "../../state/known.js";
import { isOpened } from "../../state/watched.js";
import { UNKNOWN, whose } from "../../words/known.js";
import { capital, percent } from "../../words/numbers.js";
import { stepNamed } from "../../words/steps.js";
import { ranked, sureness } from "./words.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../types.js").Run} Run
 * @typedef {import("../../pictures/looking.js").Seen} Seen
 */

const SURE = 0.5;
const HELP = "Of a plain chain of layers watch(model, input_shape=(height, width, channels)) tells that.";
const HELP_OF_FILES = "A .keras file of a plain chain of layers tells that.";
const UNTOLD = "Whether it trained on pictures like this isn’t known here.";

/**
 * @param {Run} run
 * @param {Seen | null} seen
 * @returns {{headline: string, under: string}}
 */
export function wordsElsewhere(run, seen) {
  if (!seen || seen.asked.subject.isBlank) {
    const headline = "Draw something, or bring a picture.";
    return { headline, under: `${whose(run)} Every layer answers here, at the step looked at.` };
  }
  const at = `at ${stepNamed(run, Number(seen.asked.step))}`;
  const [first, second] = ranked(seen);
  if (!first) return { headline: "Every layer answers.", under: `${capital(at)}. ${UNTOLD}` };
  const sure = `${capital(sureness(first.share))} sure, ${at}. ${UNTOLD}`;
  if (seen.isNumbered && first.share >= SURE)
    return { headline: `Answer ${first.name} is the strongest.`, under: sure };
  if (first.share >= SURE) return { headline: `It says ${first.name}.`, under: sure };
  const other = percent(second?.share ?? 0);
  return {
    headline: `It hesitates: ${first.name} or ${second?.name}?`,
    under: `${percent(first.share)} for one, ${other} for the other, ${at}. ${UNTOLD}`,
  };
}

/** Why it can't be asked, and what would help. @param {State} state @returns {[string, string]} */
export function whyNoDrawing(state) {
  const run = /** @type {Run} */ (state.run);
  const headline = "This network can’t read drawings here.";
  const help = isOpened(state) ? HELP_OF_FILES : HELP;
  if (!knows(state, "network")) return [headline, `${whose(run)} ${UNKNOWN.network} ${help}`];
  const channels = run.described?.network?.input_shape[2];
  return fitOfNetwork(state)
    ? ["", ""]
    : [headline, `It looks at ${channels} channels; a picture has one, or three.`];
}
