// @ts-check
// What the steps of a run are called: epochs where a frame is one, files where they were only counted.

import { grouped } from "./numbers.js";

/** @typedef {import("../types.js").Run} Run */

const WORDS = { update: ["step", "steps"], epoch: ["epoch", "epochs"], file: ["file", "files"] };

/** `step`, `epochs`. @param {Run | null | undefined} run @param {number} [count] */
export const stepWord = (run, count = 1) => WORDS[run?.described?.step_unit ?? "update"][count === 1 ? 0 : 1];

/**
 * `epoch 12`; nothing where a file doesn't tell when it was kept.
 * @param {Run | null | undefined} run
 * @param {number} step
 */
export const stepNamed = (run, step) =>
  step === 0 && run?.described?.step_unit === "file" ? "" : `${stepWord(run)} ${grouped(step)}`;

/** `step 3 of 120`; the end only where it is known. @param {Run} run */
export const stepReached = (run) =>
  `${stepWord(run)} ${grouped(run.step)}${run.total_steps === null ? "" : ` of ${grouped(run.total_steps)}`}`;

/** `1,200 epochs`. @param {Run | null | undefined} run @param {number} count */
export const stepsCounted = (run, count) => `${grouped(count)} ${stepWord(run, count)}`;
