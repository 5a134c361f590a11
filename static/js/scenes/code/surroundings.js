// @ts-check
// The headline, what can be done, and why something can't be shown.

import { byId, make, write } from "../../views/elements.js";
import { lineHeadline, whoWrites } from "../../words/code.js";
import { UNKNOWN, whose } from "../../words/known.js";
import { fixed } from "../../words/numbers.js";
import { scriptOf } from "./copying.js";
import { hasNoPictures, isUnknown } from "./subject.js";

/**
 * @typedef {object} Shown
 * @property {import("./subject.js").Subject | null} subject
 * @property {import("./specimen.js").Specimen | null} specimen
 * @property {boolean} isOwn  a text of one's own is there
 * @property {string} refused  why it can't be read
 * @property {import("./written.js").CodeWritten | null} written
 * @property {string} problem  of what was asked of the server
 */

const NOT_FIRST =
  "Here a layer comes before the convolution, so x is what that one makes and not the picture: the numbers " +
  "are worked out for a first layer only.";

const NO_BIASES = " This run was recorded without its biases; 0 stands for them.";

/** @param {import("../../types.js").State} state @param {Shown} shown */
export function drawSurroundings(state, { subject, specimen, written, isOwn, refused, problem }) {
  const missing = problem || (isOwn ? "" : missingIn(state, subject));
  byId("code-lines").hidden = byId("code-meaning").hidden = !subject || Boolean(refused);
  byId("code-tabs").hidden = byId("code-lines").hidden;
  byId("code-work").hidden = !specimen || Boolean(refused);
  byId("code-copies").hidden = !subject || Boolean(refused);
  byId("code-missing").hidden = !missing;
  write(byId("code-missing"), missing);
  byId("code-train").hidden = state.run !== null && !isOwn;
  byId("code-train").disabled = isOwn ? !subject : state.presets === null;
  drawNotes([...(subject?.pasted?.read.notes ?? []).map(({ sentence }) => sentence), ...leftOut(written)]);
  for (const button of byId("code-copies").querySelectorAll("button"))
    button.hidden = written !== null && !scriptOf(written, button.dataset.library);
  const channels = subject?.frame?.kernel.shape[2];
  const headline = subject && channels ? lineHeadline(subject.layer, channels) : "Your line of code.";
  write(byId("code-headline"), headline);
  const who = subject ? ` ${whoWrites(subject.layer)}` : "";
  write(byId("code-under"), `Point at a word of it, and see below what it makes.${who}`);
  write(byId("code-note"), specimen ? noteOf(specimen) : "");
}

/** What lines and scripts can't say, each once. @param {Shown["written"]} written @returns {string[]} */
function leftOut(written) {
  if (!written) return [];
  const reasons = [...written.lines.map(({ why }) => why), written.why];
  return [...new Set(reasons)].filter((why) => why !== null);
}

/** @param {string[]} sentences */
function drawNotes(sentences) {
  const root = byId("code-notes");
  const key = sentences.join("\n");
  if (root.dataset.key === key) return;
  root.dataset.key = key;
  root.replaceChildren(...sentences.map((sentence) => make("li", {}, sentence)));
}

/** @param {import("../../types.js").State} state @param {Shown["subject"]} subject */
function missingIn(state, subject) {
  const { run } = state;
  if (run && isUnknown(state))
    return `${whose(run)} Its layers aren’t known here as code. Paste a line of yours.`;
  if (run && hasNoPictures(state)) return `${whose(run)} ${UNKNOWN.data}`;
  if (subject && !subject.isFirst) return NOT_FIRST;
  return "";
}

/** @param {import("./specimen.js").Specimen} specimen */
const noteOf = ({ meaning, frame }) =>
  `Numbers are shown to two places, and every sum uses every digit. ${meaning} Elsewhere on this page ` +
  `filters are counted from 1: k = 0 is filter 1.${frame.bias ? "" : NO_BIASES}`;

/** Tells the ear where the window is. @param {[number, number]} place @param {number} output */
export const sayPlace = ([row, column], output) =>
  write(byId("code-spoken"), `row ${row}, column ${column}: ${fixed(output)}`);
