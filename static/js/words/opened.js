// @ts-check
// What is said of a run that was read from files.

import { isDeep, looksBack } from "../state/selectors.js";
import { titleOf } from "../state/watched.js";
import { grouped } from "./numbers.js";
import { stepNamed, stepWord } from "./steps.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").Run} Run
 * @typedef {import("./notices.js").Under} Under
 */

/** How many frames it has, whose they are, and what isn't known. @param {State} state @returns {Under} */
export function opened(state) {
  const { run, frames } = state;
  if (!run) return { tone: "", text: "" };
  if (run.status === "interrupted") return halfRead(run);
  if (isDeep(state) && !state.deep?.frames.length) return notKept(state);
  const what = frames.length > 1 ? film(run, frames) : alone(run);
  const told = withNotes(run, { tone: "", text: what });
  if (!looksBack(state) || state.view.replaying) return told;
  return { ...told, action: /** @type {const} */ ({ words: "Back to the end", command: "lookLive" }) };
}

/** The notes on its files. @param {Run | null} run @returns {string[]} */
export const notesOf = (run) => run?.described?.notes ?? [];

/** @param {Run} run */
function alone(run) {
  const at = run.step ? ` It is ${stepNamed(run, run.step)}.` : "";
  return `${wrote(run, "A file")}.${at} How its training began isn’t told by a file.`;
}

/** @param {Run} run @param {State["frames"]} frames */
function film(run, frames) {
  const [first, last] = [frames[0].step, frames[frames.length - 1].step];
  const goes = run.status === "running" ? "; more are being read" : "";
  return (
    `${wrote(run, `${grouped(frames.length)} files`)}, ${stepWord(run, 2)} ${grouped(first)} to ` +
    `${grouped(last)}${goes}. The first need not be the start of its training.`
  );
}

/** `A file of Keras 3.15.1`. @param {Run} run @param {string} what */
const wrote = ({ described }, what) => (described?.framework ? `${what} of ${described.framework}` : what);

/** @param {Run} run @returns {Under} */
const halfRead = (run) => ({
  tone: "warn",
  lead: `Read up to ${stepNamed(run, run.step)}.`,
  text: "The server ended meanwhile. Open the same files again, and it goes on from there.",
});

/** @param {State} state @returns {Under} */
const notKept = (state) => ({
  tone: "accent",
  lead: "Not here.",
  text: `${titleOf(state.run, state.view.layer ?? "")} wasn’t kept: there was no room for it in this run.`,
});

/** @param {Run} run @param {Under} told @returns {Under} */
function withNotes(run, told) {
  const notes = notesOf(run);
  if (!notes.length) return told;
  const lead = notes.length === 1 ? "One note:" : `${grouped(notes.length)} notes:`;
  return { ...told, also: { lead, text: shortened(notes[0]) + (notes.length > 1 ? " …" : "") } };
}

/** @param {string} note */
const shortened = (note) => (note.length > 140 ? `${note.slice(0, 139)}…` : note);
