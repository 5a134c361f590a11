// @ts-check
// “Take it with you”: one button a file; each is fetched, so that what fails is said here.

import { objectiveOf } from "../state/objective.js";
import { judgesDifference } from "../state/added.js";
import { currentFrame } from "../state/selectors.js";
import { byId, make, write } from "../views/elements.js";
import { codeOf } from "../net/written_code.js";
import { chooseByLanguage, choices, groundOfView } from "./choosing.js";
import { fetchExport } from "./fetching.js";
import { figuresIn, fileOf } from "./figures.js";
import { NetworkFiles } from "./network_files.js";
import { Publishing } from "./publishing.js";
import { figureName, queryOf, sizeInWords } from "./query.js";
import { save } from "./saving.js";
import { VideoButton } from "./video_button.js";

/** @param {import("../store.js").Store} store */
export function mountExport(store) {
  const dialog = new ExportDialog(store);
  const savers = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-save]"));
  const open = byId("export-open");
  open.onclick = () => dialog.open();
  for (const saver of savers) saver.onclick = () => dialog.open(saver.dataset.save);
  store.subscribe((state) => {
    const nothing = !state.run || !state.frames.length;
    const named = objectiveOf(state) === "classify";
    open.hidden = nothing;
    for (const saver of savers) {
      saver.hidden = nothing || (saver.dataset.save === "accuracy" && !named);
      // What was added can't be saved: the picture would show the filters' own labels.
      saver.classList.toggle("unfit", saver.dataset.save === "labels" && judgesDifference(state));
    }
    dialog.say(currentFrame(state)?.step ?? null, named);
  });
}

class ExportDialog {
  #busy = false;

  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.root = /** @type {HTMLDialogElement} */ (byId("export"));
    this.outcome = byId("export-outcome");
    this.buttons = /** @type {NodeListOf<HTMLElement>} */ (
      this.root.querySelectorAll("[data-export], [data-code], [data-publish], [data-video]")
    );
    this.network = new NetworkFiles(store);
    this.publishing = new Publishing(store, (make) => this.#take(make));
    this.video = new VideoButton(byId("export-video"), store, (make) => this.#take(make));
    for (const button of this.buttons) {
      const { code, publish, video } = button.dataset;
      if (publish !== undefined || video !== undefined) continue;
      if (code) {
        button.onclick = () => this.#copy(code);
        continue;
      }
      button.onclick = () => {
        const { run } = store.state;
        const query = () => queryOf(button.dataset.export ?? "", store.state, this.network.step, choices());
        if (run) this.#take(() => fetchExport(run.id, query()));
      };
    }
  }

  /** @param {string} [chart]  whose button takes the focus */
  open(chart) {
    write(this.outcome, "");
    this.#showFigures();
    this.publishing.list();
    this.network.list();
    chooseByLanguage();
    byId("export-code").hidden = !this.store.state.run?.recipe;
    this.root.showModal();
    if (chart) this.#find(`[data-chart="${chart}"] .take`)?.focus();
  }

  /** What the buttons are about. @param {number | null} step @param {boolean} named */
  say(step, named) {
    const accuracy = this.#find('[data-chart="accuracy"]');
    if (accuracy) accuracy.hidden = !named;
    write(byId("export-step"), step === null ? "at this step" : `at step ${step}`);
  }

  /** @param {string} selector @returns {HTMLElement | null} */
  #find(selector) {
    return this.root.querySelector(selector);
  }

  /** What the view holds beyond the run, listed anew each time. */
  #showFigures() {
    const figures = figuresIn(this.store.state.view.scene);
    byId("export-figures").hidden = figures.length === 0;
    const rows = figures.map((figure) => this.#rowOf(figure));
    byId("export-figures")
      .querySelector("ul")
      .replaceChildren(...rows);
  }

  /** @param {import("./figures.js").Figure} figure */
  #rowOf(figure) {
    const { run, view } = this.store.state;
    const button = (/** @type {"png" | "svg"} */ kind) => {
      const name = figureName([run?.preset ?? "run", view.scene, figure.title], kind);
      const onclick = () =>
        this.#take(async () => ({ file: await fileOf(figure, kind, groundOfView()), name }));
      const label = `${figure.title}, ${kind.toUpperCase()}`;
      const properties = { class: "take", type: "button", "aria-label": label, onclick };
      return make("button", properties, make("b", {}, kind.toUpperCase()));
    };
    return make("li", { class: "chart-take" }, make("span", {}, figure.title), button("png"), button("svg"));
  }

  /** @param {() => Promise<import("./fetching.js").Download>} make  the file */
  #take(make) {
    return this.#report(async () => {
      const { file, name } = await make();
      save(file, name);
      return `Saved: ${name}, ${sizeInWords(file.size)}.`;
    });
  }

  /** Copies the run as code; saves it where a page may not touch the clipboard. @param {string} library */
  #copy(library) {
    return this.#report(async () => {
      const { run } = this.store.state;
      const { text, name } = await codeOf(run?.recipe ?? {}, library);
      const copied = await navigator.clipboard?.writeText(text).then(
        () => true,
        () => false,
      );
      if (copied) return `Copied: ${name}, ${text.trim().split("\n").length} lines.`;
      save(new Blob([text], { type: "text/plain" }), name);
      return `Saved: ${name}. This page may not copy for you.`;
    });
  }

  /** Says that something is made, and what came of it. @param {() => Promise<string>} work */
  async #report(work) {
    if (this.#busy) return;
    this.#setBusy(true);
    this.#tell("Making it…", "outcome");
    try {
      this.#tell(await work(), "outcome");
    } catch (error) {
      const isCancelled = error instanceof DOMException && error.name === "AbortError";
      const why = error instanceof Error ? error.message : error;
      if (isCancelled) this.#tell("Cancelled.", "outcome");
      else this.#tell(`That did not work. ${why}`, "outcome notice danger");
    } finally {
      this.#setBusy(false);
    }
  }

  /** @param {string} words @param {string} look */
  #tell(words, look) {
    this.outcome.className = look;
    write(this.outcome, words);
  }

  /** The buttons keep the focus meanwhile. @param {boolean} now */
  #setBusy(now) {
    this.#busy = now;
    this.root.setAttribute("aria-busy", String(now));
    for (const button of this.buttons) button.setAttribute("aria-disabled", String(now));
    if (!now) this.video.rest();
  }
}
