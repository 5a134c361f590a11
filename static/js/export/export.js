// @ts-check
// “Take it with you”: one button a file; each is fetched, so that what fails is said here.

import { hasLabelsIn } from "../state/objective.js";
import { currentFrame } from "../state/selectors.js";
import { byId, make, write } from "../views/elements.js";
import { fetchExport } from "./fetching.js";
import { figuresIn, fileOf } from "./figures.js";
import { figureName, queryOf, sizeInWords } from "./query.js";

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
    showFigures();
    dialog.showModal();
  };
  open.onclick = openDialog;
  for (const button of savers) {
    button.onclick = () => {
      openDialog();
      /** @type {HTMLElement | null} */ (
        dialog.querySelector(`[data-chart="${button.dataset.save}"] .take`)
      )?.focus();
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

  /** What the view holds beyond the run, listed anew each time. */
  function showFigures() {
    const figures = figuresIn(store.state.view.scene);
    byId("export-figures").hidden = figures.length === 0;
    byId("export-figures")
      .querySelector("ul")
      .replaceChildren(...figures.map(rowOf));
  }

  /** @param {import("./figures.js").Figure} figure */
  function rowOf(figure) {
    const { run, view } = store.state;
    const button = (/** @type {"png" | "svg"} */ kind) => {
      const name = figureName([run?.preset ?? "run", view.scene, figure.title], kind);
      const onclick = () => take(async () => ({ file: await fileOf(figure, kind), name }));
      return make(
        "button",
        { class: "take", type: "button", "aria-label": `${figure.title}, ${kind.toUpperCase()}`, onclick },
        make("b", {}, kind.toUpperCase()),
      );
    };
    return make("li", { class: "chart-take" }, make("span", {}, figure.title), button("png"), button("svg"));
  }

  /** @param {() => Promise<import("./fetching.js").Download>} make  the file */
  async function take(make) {
    if (busy) return;
    setBusy(true);
    outcome.className = "outcome";
    write(outcome, "Making it…");
    try {
      const { file, name } = await make();
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

  for (const button of buttons) {
    button.onclick = () => {
      const { run } = store.state;
      if (run) take(() => fetchExport(run.id, queryOf(button.dataset.export ?? "", store.state)));
    };
  }
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
