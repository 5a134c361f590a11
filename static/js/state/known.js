// @ts-check
// What is known of the run on the stage, and what can be done with it, whoever trained it. Views show
// or hide by this alone.

/**
 * @typedef {import("../types.js").Run} Run
 * @typedef {"kernel" | "network" | "data"} Look
 */

const DEPTHS = ["kernel", "network", "data"];

/** Whether it can be paused, stopped, or given another rate. @param {{run: Run | null}} state */
export const canSteer = ({ run }) => run?.can?.steer ?? true;

/** Whether it can be trained again, as it was or with something changed. @param {{run: Run | null}} state */
export const canRerun = ({ run }) => run?.can?.rerun ?? true;

/** Whether it can be asked so deep. @param {{run: Run | null}} state @param {Look} look */
export const knows = ({ run }, look) => DEPTHS.indexOf(run?.can?.look ?? "data") >= DEPTHS.indexOf(look);

/** The data set of ours that it is trained on, or null. @param {{run: Run | null}} state */
export const datasetOf = ({ run }) => run?.described?.dataset ?? run?.recipe?.dataset ?? null;
