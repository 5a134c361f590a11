// @ts-check
// Beside a run that holds filters at 0 the same one that doesn’t: what it is to be held against.

import { byId, make } from "../../views/elements.js";
import { stepNamed } from "../../words/steps.js";
import { HELD } from "./differences.js";

/** @typedef {import("../../types.js").State} State */

/** Whether another run can begin where this one did, but with all filters. @param {State} state */
export const canLetGo = ({ run, pending }) =>
  pending === null && Boolean(run?.recipe?.without) && (run?.continues?.weights_only ?? true);

/**
 * @param {import("../../control/twin.js").Twin} twin
 * @returns {(state: State, others: string[]) => void}  others: what differs by name
 */
export function createLettingGo(twin) {
  const button = make("button", { class: "button", type: "button" }, `${HELD} (let go)`);
  const item = make("li", {}, button);
  button.onclick = () => {
    if (button.ariaDisabled !== "true") twin.letGo();
  };
  byId("twins-choices").append(item);
  return (state, others) => {
    const { run } = state;
    const begins = stepNamed(run, run?.continues?.step ?? 0);
    item.hidden = !canLetGo({ ...state, pending: null });
    button.ariaDisabled = canLetGo(state) ? null : "true";
    button.ariaPressed = String(others.includes(HELD));
    button.title = `The same from ${begins} on with these too`;
  };
}
