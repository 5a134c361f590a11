// @ts-check
// What the ranking comes to: the filters that nothing hangs on, and what a cost goes with in this run.

import { filterOf } from "../../kernels/slices.js";
import { norm } from "../../kernels/vectors.js";
import { byId, write } from "../../views/elements.js";
import { goesWithWords, spareOf, spareWords } from "./worth_words.js";

/**
 * @typedef {import("../../types.js").Frame} Frame
 * @typedef {import("../../net/answers.js").AblationAnswer} Ablation
 */

/** @type {unknown[]} */
let found = [];

/** @param {Ablation | null} worth @param {Frame | null} frame */
export function drawFindings(worth, frame) {
  const isOfFrame = worth && frame?.step === worth.step && frame.layer === worth.layer;
  if ((worth && !isOfFrame) || (found[0] === worth && found[1] === frame)) return;
  found = [worth, frame];
  const spare = worth ? spareOf(worth) : [];
  write(byId("mistakes-spare"), worth ? spareWords(spare) : "");
  const off = byId("mistakes-spare-off");
  off.hidden = !spare.length || spare.length === worth?.filters.length;
  write(
    off,
    spare.length === 1 ? "Switch it off" : spare.length === 2 ? "Switch off both" : "Switch them off",
  );
  const told = worth && frame ? goesWithWords(worth, lengthsOf(frame), frame.verdicts) : "";
  write(byId("mistakes-goes-with"), told);
}

/** |W| of each filter. @param {Frame} frame */
const lengthsOf = ({ kernel }) =>
  Array.from({ length: kernel.shape[3] }, (_, filter) => norm(filterOf(kernel, filter).weights));
