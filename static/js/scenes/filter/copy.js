// @ts-check
// The filter's switch in a copy of the network, and what is named rightly then.

import { api } from "../../net/api.js";
import { Memory } from "../../net/memory.js";
import { knows } from "../../state/known.js";
import { currentFrame, isMoving } from "../../state/selectors.js";
import { switchedIn } from "../../state/switched.js";
import { byId, write } from "../../views/elements.js";
import { FilterSwitch } from "../../views/filter_switch.js";
import { fixed } from "../../words/numbers.js";
import { switchedTitle } from "../../words/switched.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {import("../../state/switched.js").Switched} Switched
 */

export class FilterCopy {
  /** @param {import("../../store.js").Store} store @param {() => void} changed  an answer came */
  constructor(store, changed) {
    this.filterSwitch = new FilterSwitch(store, byId("filter-switch"));
    this.memory = new Memory(askWithout, changed);
  }

  /** @param {Subject} subject @param {State} state */
  draw({ frame, filter }, state) {
    byId("filter-copy").hidden = state.run !== null && !knows(state, "data");
    if (!state.run || !state.frames.length || !knows(state, "data")) return;
    this.filterSwitch.draw(frame.layer, filter);
    const switched = switchedIn(state);
    byId("filter-copy").classList.toggle("switched", switched !== null);
    if (!switched) return write(byId("filter-copy-words"), "");
    const key = `${state.run.id}/${frame.step}/${JSON.stringify(switched)}`;
    const { value, current, error } = this.memory.told(key);
    if (!current && !error && !isMoving(state)) this.memory.ask(key, state);
    const right = current && value?.together ? rightWords(value.accuracy, value.together.accuracy) : "…";
    write(byId("filter-copy-words"), `${switchedTitle(switched)}: ${error ? error.message : right}`);
  }
}

/** @param {number} before @param {number} after */
const rightWords = (before, after) =>
  `${fixed(100 * before, 1)} → ${fixed(100 * after, 1)} % right in a copy.`;

/** @param {State} state */
function askWithout(state) {
  const { layer, filters, how } = /** @type {Switched} */ (switchedIn(state));
  const { step } = /** @type {import("../../types.js").Frame} */ (currentFrame(state));
  return api.ablation(state.run?.id ?? "", step, { layer, filters, how });
}
