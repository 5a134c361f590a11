// @ts-check
// The second run of a pair: a state of its own inside the page's, told by the same reducer.

import { initialState } from "./initial.js";

/**
 * @param {import("../types.js").State} state
 * @param {import("../types.js").Action} action
 * @param {import("../types.js").Reducer} reduce  what changes any state
 * @returns {import("../types.js").State}
 */
export function reduceTwin(state, action, reduce) {
  switch (action.type) {
    case "twin_told": {
      const before = state.twin ?? initialState();
      const twin = reduce(before, action.action);
      return twin === before ? state : { ...state, twin };
    }
    case "twin_left":
      return state.twin ? { ...state, twin: null } : state;
  }
  return state;
}
