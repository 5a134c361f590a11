// @ts-check
// “Change settings”: the numbers of a run that has ended, to be run once more with others.

import { changedIn, rateWith, settingsOf } from "../control/settings.js";
import { canRerun } from "../state/known.js";
import { isLive } from "../state/selectors.js";
import { byId, write } from "./elements.js";

/** @typedef {import("../types.js").State} State */

/** @param {import("../store.js").Store} store @param {import("../types.js").Commands} commands */
export function mountSettings(store, commands) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("settings"));
  const form = /** @type {HTMLFormElement} */ (byId("settings-form"));
  const open = byId("change-button");
  const problem = byId("settings-problem");

  open.onclick = () => {
    fill(form, store.state);
    write(problem, "");
    dialog.showModal();
  };
  letRateFollow(form, store);
  form.onsubmit = async (event) => {
    event.preventDefault();
    const { run } = store.state;
    if (!run || store.state.pending !== null) return;
    const changed = changedIn(run, entriesOf(form));
    if (changed.problem) return write(problem, changed.problem);
    if (await commands.runWith(changed.overrides ?? {})) return dialog.close();
    write(problem, store.state.problem ?? "");
    store.dispatch({ type: "problem_read" });
  };
  store.subscribe((state) => {
    open.hidden = !state.run || isLive(state) || Boolean(state.missing) || !canRerun(state);
  });
}

/**
 * Another optimiser has another usual rate.
 * @param {HTMLFormElement} form
 * @param {import("../store.js").Store} store
 */
function letRateFollow(form, store) {
  const optimizer = /** @type {HTMLSelectElement} */ (form.elements.namedItem("optimizer"));
  const rate = /** @type {HTMLInputElement} */ (form.elements.namedItem("learning_rate"));
  optimizer.onchange = () => {
    const chosen = /** @type {import("../contract.js").OptimizerType} */ (optimizer.value);
    rate.value = rateWith(store.state, chosen);
  };
}

/** @param {HTMLFormElement} form @returns {Record<string, string>} */
const entriesOf = (form) =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/** @param {HTMLFormElement} form @param {State} state */
function fill(form, state) {
  if (!state.run) return;
  const { values, unit, about } = settingsOf(state);
  for (const [name, value] of Object.entries(values))
    /** @type {HTMLInputElement | HTMLSelectElement} */ (form.elements.namedItem(name)).value = value;
  write(byId("settings-length"), unit);
  write(byId("settings-about"), about);
}
