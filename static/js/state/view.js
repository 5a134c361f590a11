// @ts-check
// Where the viewer looks: at which step, which filter, in which way.

import { clampTour } from "./tour.js";
import { frameCount, lastStep } from "./selectors.js";

/** @type {import("../types.js").Reducer} */
export function reduceView(state, action) {
  const change = changeOf(state, action);
  return change ? { ...state, view: { ...state.view, ...change } } : state;
}

/**
 * @param {import("../types.js").State} state
 * @param {import("../types.js").Action} action
 * @returns {Partial<import("../types.js").View> | null}
 */
function changeOf(state, action) {
  switch (action.type) {
    case "looked_at":
      return { step: clampStep(state, action.step), replaying: action.replaying ?? false };
    case "looked_live":
      return { step: null, replaying: false };
    case "scrubber_held":
      return { held: action.held };
    case "first_held":
      return state.view.showsFirst === action.held ? null : { showsFirst: action.held };
    case "speed_chosen":
      return { speed: action.speed };
    case "filter_chosen":
      return { filter: action.filter };
    case "filter_hovered":
      return state.view.hovered === action.filter ? null : { hovered: action.filter };
    case "mode_chosen":
      return { mode: action.mode };
    case "scale_chosen":
      return { scale: action.scale };
    case "scene_opened":
      return { scene: action.scene, details: action.details ?? {}, showsFirst: false };
    case "details_chosen":
      return { details: { ...state.view.details, ...action.details } };
    case "guided":
      return { tour: clampTour(action.tour), follow: action.follow ?? false };
    case "tour_chosen":
      return { tour: clampTour(action.tour) };
    case "follow_chosen":
      return { follow: action.follow };
    case "layer_chosen":
      return { layer: action.layer, filter: null, hovered: null };
  }
  return null;
}

/**
 * Looking at the newest frame is looking live.
 * @param {import("../types.js").State} state
 * @param {number} step
 */
function clampStep(state, step) {
  if (!frameCount(state)) return Math.max(0, step);
  return step >= lastStep(state) ? null : Math.max(0, step);
}
