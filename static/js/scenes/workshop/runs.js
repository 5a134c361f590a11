// @ts-check
// The runs whose filters one can begin with, to choose from.

import { judgedFrame } from "../../state/selectors.js";
import { make } from "../../views/elements.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../types.js").Run} Run
 */

/**
 * The run on the stage first, with the step one looks at.
 * @param {HTMLSelectElement} select
 * @param {State} state
 * @param {Run[]} others
 * @param {string} chosen
 */
export function drawRuns(select, state, others, chosen) {
  const { run, frames } = state;
  const step = frames.length ? `, step ${judgedFrame(state)?.step}` : "";
  const here = run ? [[run.id, `${run.name}${step}`]] : [];
  const named = [...here, ...others.filter(({ id }) => id !== run?.id).map(({ id, name }) => [id, name])];
  const key = JSON.stringify(named);
  if (select.dataset.key !== key)
    select.replaceChildren(...named.map(([value, words]) => make("option", { value }, words)));
  select.dataset.key = key;
  select.hidden = !named.length;
  if (named.length) select.value = chosen || named[0][0];
}
