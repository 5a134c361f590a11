// @ts-check
// Where runs of sweeps train.

import { ask } from "./api.js";

/** @returns {Promise<import("./answers.js").ClusterAnswer>} */
export const cluster = () => ask("GET", "/cluster");
