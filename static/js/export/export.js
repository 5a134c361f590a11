// @ts-check
// “Take it with you”: one button a file; each is fetched, so that what fails is said here.

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
  let busy = false;

  open.onclick = () => {
    write(outcome, "");
    dialog.showModal();
  };
  store.subscribe((state) => {
    const { step } = currentFrame(state) ?? { step: null };
    open.hidden = !state.run || !state.frames.length;
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
