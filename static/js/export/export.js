// @ts-check
// “Take it with you”: one button a file; each is fetched, so that what fails is said here.

import { hasLabelsIn } from "../state/objective.js";
import { currentFrame } from "../state/selectors.js";
import { byId, make, write } from "../views/elements.js";
import { fetchExport } from "./fetching.js";
import { queryOf, sizeInWords } from "./wish.js";

const KEEP_MILLISECONDS = 60_000;

/** @param {import("../store.js").Store} store */
export function mountExport(store) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("export"));
  const open = byId("export-open");
  const outcome = byId("export-outcome");
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("[data-export]"));
  const savers = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-save]"));
  const accuracy = /** @type {HTMLElement} */ (dialog.querySelector('[data-chart="accuracy"]'));
  let busy = false;

  const openDialog = () => {
    write(outcome, "");
    dialog.showModal();
  };
  open.onclick = openDialog;
  for (const button of savers) {
    button.onclick = () => {
      openDialog();
      /** @type {HTMLElement | null} */ (dialog.querySelector(`[data-chart="${button.dataset.save}"] .take`))?.focus();
    };
  }
  store.subscribe((state) => {
    const { step } = currentFrame(state) ?? { step: null };
    const nothing = !state.run || !state.frames.length;
    const named = hasLabelsIn(state.run?.recipe);
    open.hidden = nothing;
    for (const button of savers) button.hidden = nothing || (button.dataset.save === "accuracy" && !named);
    accuracy.hidden = !named;
    write(byId("export-step"), step === null ? "at this step" : `at step ${step}`);
  });

  /** @param {HTMLElement} button */
  async function take(button) {
    const { run } = store.state;
    if (busy || !run) return;
    setBusy(true);
    outcome.className = "outcome";
    write(outcome, "Making it…");
    try {
      const { file, name } = await fetchExport(run.id, queryOf(button.dataset.export ?? "", store.state));
      save(file, name);
      write(outcome, `Saved: ${name}, ${sizeInWords(file.size)}.`);
    } catch (error) {
      outcome.className = "outcome notice danger";
      write(outcome, `That did not work. ${error instanceof Error ? error.message : error}`);
    } finally {
      setBusy(false);
    }
  }

  /** The buttons keep the focus meanwhile. @param {boolean} now */
  function setBusy(now) {
    busy = now;
    dialog.setAttribute("aria-busy", String(now));
    for (const button of buttons) button.setAttribute("aria-disabled", String(now));
  }

  for (const button of buttons) button.onclick = () => take(button);
}

/** Hands a file to the browser, as a link would. @param {Blob} file @param {string} name */
function save(file, name) {
  const href = URL.createObjectURL(file);
  const link = make("a", { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), KEEP_MILLISECONDS);
}
