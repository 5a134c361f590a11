// @ts-check
// What the page knows before anything was asked or heard.

import { freshPace } from "./pace.js";
import { emptyTraining } from "./training.js";

/** @typedef {import("../types.js").State} State */

/** Everything that belongs to one run and goes with it. */
export function freshRun() {
  return {
    run: null,
    missing: null,
    begun: false,
    seq: 0,
    gaps: false,
    frames: [],
    alerts: [],
    health: new Map(),
    leftOut: 0,
    heardAt: null,
    deep: null,
    added: { of: new Map(), upTo: -1, failed: false, chance: 0 },
    training: emptyTraining(),
    evaluations: { step: [], loss: [], accuracy: [] },
    pace: freshPace(0),
    connection: /** @type {const} */ ({ status: "closed", retryAt: 0, lostAt: 0, isHeldBack: false }),
  };
}

/** @returns {State} */
export function initialState() {
  return {
    access: "full",
    presets: null,
    runs: [],
    runsCursor: null,
    deletion: null,
    choice: { preset: "dead-leaves", spoil: "none" },
    preview: null,
    ...freshRun(),
    pictures: null,
    twin: null,
    pending: null,
    problem: null,
    view: initialView(),
  };
}

/** @returns {import("../types.js").View} */
function initialView() {
  return {
    step: null,
    filter: null,
    hovered: null,
    mode: "weights",
    scale: "shared",
    layer: null,
    replaying: false,
    speed: 1,
    held: false,
    showsFirst: false,
    scene: "live",
    details: {},
    tour: null,
    follow: false,
  };
}
