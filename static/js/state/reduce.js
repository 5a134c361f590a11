// @ts-check
// The one reducer: pure, so that a recorded run replays to the same page anywhere.

import { reduceAdded } from "./added.js";
import { reduceCatalogue } from "./catalogue.js";
import { reduceDeep } from "./deep.js";
import { reduceEvent } from "./events.js";
import { reducePictures } from "./pictures.js";
import { reduceRun } from "./run.js";
import { reduceTwin } from "./twin.js";
import { reduceView } from "./view.js";

/** @type {import("../types.js").Reducer} */
export function reduce(state, action) {
  if (action.type === "event") return reduceEvent(state, action);
  if (action.type.startsWith("twin_")) return reduceTwin(state, action, reduce);
  for (const part of [reduceRun, reduceView, reduceCatalogue, reduceAdded, reducePictures, reduceDeep]) {
    const next = part(state, action);
    if (next !== state) return next;
  }
  return state;
}
