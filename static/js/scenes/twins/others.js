// @ts-check
// Any other run to put beside the one on the stage: the newest in a list, all in their table.

import { Changes } from "../../views/changes.js";
import { byId, make } from "../../views/elements.js";
import { stepNamed } from "../../words/steps.js";

const MOST = 20;
const TABLE = "*"; // no run has such an id

/**
 * @param {import("../../types.js").Commands} commands
 * @returns {(state: import("../../types.js").State) => void}
 */
export function createOthers(commands) {
  const select = byId("twins-other");
  const changes = new Changes();
  select.onchange = () => {
    if (select.value === TABLE) commands.openScene("runs");
    else if (select.value) commands.chooseDetails({ with: select.value });
  };
  return ({ run, runs, view }) => {
    if (!changes.found(run?.id, runs, view.details.with)) return;
    const others = runs.filter(({ id, layers }) => id !== run?.id && layers.length > 0).slice(0, MOST);
    select.hidden = !run || !others.length;
    const options = others.map((one) =>
      make("option", { value: one.id }, `${one.name}, ${stepNamed(one, one.step)}`),
    );
    const table = make("option", { value: TABLE }, "Choose in the table of runs …");
    select.replaceChildren(make("option", { value: "" }, "or another run …"), ...options, table);
    select.value = others.some(({ id }) => id === view.details.with) ? view.details.with : "";
  };
}
