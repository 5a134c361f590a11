// @ts-check
// A draft, what the server says of it, and what changes it.

import { api } from "../../net/api.js";
import { byId, write } from "../../views/elements.js";
import { inLabels } from "../../words/fields.js";
import { baseOf, brokenBy } from "./base.js";
import { Board } from "./board.js";
import { mountCopies, mountLinkCopy, mountSweepLink } from "./copies.js";
import * as drafts from "./draft.js";
import { keep, recalled } from "./keeping.js";
import { changesOf, linked, linkOf, wordsOf } from "./linking.js";
import { layerKind, learnDatasetOf, learnDatasets, objectiveKind } from "./kinds.js";
import { Planning } from "./planning.js";
import { noticeWords } from "./words.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../state/chosen.js").Changes} Changes
 */

export class Builder {
  /** @type {Draft | null} */
  #draft = null;
  /** @type {import("./planning.js").Plan | null} */
  #plan = null;
  #isStale = true;
  /** The changes that the address says. */
  #said = "";

  /** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    this.board = new Board(this.#acts());
    this.planning = new Planning({
      onPlan: (plan) => this.#planned(plan),
      onFrame: (frame, recipe) => this.board.aside.drawFilters(frame, recipe),
      onLost: (why) => this.board.say(why),
    });
    mountCopies(() => (this.#draft ? drafts.requestOf(this.#draft) : null));
    const link = (/** @type {string} */ scene) =>
      linkOf(/** @type {Draft} */ (this.#draft), store.state.presets ?? [], scene);
    mountLinkCopy(() => link("live"));
    mountSweepLink(() => link("map"));
  }

  /**
   * Shows the draft of what is on the stage; another stage, another draft.
   * @param {import("../../types.js").State} state
   */
  open(state) {
    const base = baseOf(state);
    if (!base) return;
    const said = state.run ? null : (state.choice.changes ?? {});
    if (this.#draft?.base.key !== base.key) this.#begin(state, base, said ?? {});
    else if (said && wordsOf(said) !== this.#said) this.#takeUp(said);
    const { block, part } = state.view.details;
    if (block !== undefined) this.#choose(Number(block) - 1);
    this.board.showPart(part ?? "layers");
  }

  /** What the way back says of the same experiment. @param {Changes} said */
  #takeUp(said) {
    this.#said = wordsOf(said);
    this.#change((draft) => linked(draft, said));
  }

  /** Lets the address say what the draft is; that of a run has another address. */
  #say() {
    if (!this.#draft || this.store.state.run) return;
    const changes = changesOf(this.#draft);
    this.#said = wordsOf(changes);
    if (this.#said !== wordsOf(this.store.state.choice.changes ?? {})) this.commands.changeChoice(changes);
  }

  /** @param {State} state @param {import("./draft.js").Base} base @param {Changes} said */
  #begin(state, base, said) {
    const kept = recalled(base);
    const draft = Object.keys(said).length ? linked(kept, said) : kept;
    learnDatasetOf(draft.recipe);
    this.#learnDatasets();
    const broken = brokenBy(state);
    const isMended = broken !== null && draft.past.length === 0;
    byId("build-broke").hidden = !isMended;
    if (isMended) {
      const words = `It broke with a learning rate of ${broken.broke}; ${broken.rate} is proposed.`;
      write(byId("build-broke"), words);
    }
    this.#draft = isMended ? drafts.set(draft, ["optimizer", "learning_rate"], broken.rate) : draft;
    this.#plan = null;
    this.#ask();
    this.#say();
  }

  /** Pictures of one's own can be chosen too, once the server has told which there are. */
  async #learnDatasets() {
    const told = await api.datasets().catch(() => null);
    if (told) learnDatasets(told.datasets);
    this.#draw();
  }

  /** @param {(draft: Draft) => Draft} change @param {string} [notice] */
  #change(change, notice = "") {
    const before = this.#draft;
    if (!before) return;
    const after = change(before);
    if (after === before) return;
    this.#draft = after;
    keep(after);
    this.board.say(notice);
    this.#ask();
    this.#say();
    if (after.chosen !== before.chosen) this.#tell({ block: String(after.chosen + 1) });
  }

  #ask() {
    if (!this.#draft) return;
    this.#isStale = this.planning.of(this.#draft) || this.#isStale;
    this.#draw();
  }

  #draw() {
    if (this.#draft) this.board.draw(this.#draft, this.#plan, this.#isStale);
  }

  /** @param {import("./planning.js").Plan} plan */
  #planned(plan) {
    const before = this.#plan?.problems.length ?? 0;
    this.#plan = plan;
    this.#isStale = false;
    this.#draw();
    const [first] = plan.problems;
    if (first && before === 0) write(byId("announcer"), inLabels(first.message, first.field));
    if (!first && before > 0) write(byId("announcer"), "Now it can be trained.");
  }

  get #chosen() {
    return this.#draft?.chosen ?? drafts.PICTURE;
  }

  /** @param {number} index */
  #choose(index) {
    if (!this.#draft || Number.isNaN(index)) return;
    const after = drafts.chosen(this.#draft, index);
    if (after.chosen === this.#draft.chosen) return;
    this.#draft = after;
    this.#draw();
    this.#tell({ block: String(after.chosen + 1) });
  }

  /** Puts into the address what a reload should show. @param {Record<string, string>} details */
  #tell(details) {
    this.commands.chooseDetails({ ...this.store.state.view.details, ...details });
  }

  /** @param {string} type @param {number} at */
  #add(type, at) {
    this.#change((draft) => drafts.added(draft, type, at), noticeWords("Added", layerKind(type).title));
    this.board.stack.focus(this.#chosen);
  }

  /** @param {number} index */
  #remove(index) {
    const layer = this.#draft?.recipe.layers[index];
    if (!layer) return;
    this.#change(
      (draft) => drafts.removed(draft, index),
      noticeWords("Removed", layerKind(layer.type).title),
    );
    this.board.stack.focus(this.#chosen);
  }

  /** @param {number} by */
  #move(by) {
    const isFromBlock = document.activeElement?.matches(".build-block");
    const from = this.#chosen;
    if (from === drafts.PICTURE) return;
    this.#change((draft) => drafts.moved(draft, from, from + by));
    if (isFromBlock) this.board.stack.focus(this.#chosen);
  }

  /** @param {import("./faults.js").Problem} problem @param {number} mend */
  #mend(problem, mend) {
    const offered = problem.mends[mend];
    if (!offered || this.#isStale) return;
    const recipe = /** @type {drafts.Recipe} */ (/** @type {unknown} */ (offered.recipe));
    this.#change((draft) => drafts.replaced(draft, recipe), `Mended: ${offered.sentence}.`);
    this.board.stack.focus(this.#chosen);
  }

  async #train() {
    const draft = this.#draft;
    if (!draft || this.#isStale || this.store.state.pending !== null) return;
    const run = await this.commands.startRecipe(drafts.requestOf(draft));
    if (run) return this.commands.openScene("live");
    this.board.say(this.store.state.problem ?? "");
    this.store.dispatch({ type: "problem_read" });
  }

  /** @param {"steps" | "epochs"} unit */
  #chooseUnit(unit) {
    const perEpoch = this.#plan?.steps_per_epoch;
    if (perEpoch) this.#change((draft) => drafts.inUnit(draft, unit, perEpoch));
  }

  /** @returns {import("./board.js").Acts} */
  #acts() {
    return {
      chosen: () => this.#chosen,
      choose: (index) => this.#choose(index),
      add: (type, at) => this.#add(type, at),
      remove: (index = this.#chosen) => this.#remove(index),
      move: (by) => this.#move(by),
      put: (from, to) => this.#change((draft) => drafts.moved(draft, from, to)),
      mend: (problem, mend) => this.#mend(problem, mend),
      set: (path, value) => this.#change((draft) => drafts.set(draft, path, value)),
      chooseOptimizer: (type) => this.#change((draft) => drafts.withOptimizer(draft, type)),
      chooseObjective: (type) => this.#change((draft) => drafts.withObjective(draft, objectiveKind(type))),
      chooseUnit: (unit) => this.#chooseUnit(unit),
      setSteps: (steps) => this.#change((draft) => drafts.withSteps(draft, steps)),
      choosePart: (part) => this.#tell({ part }),
      undo: () => this.#change(drafts.undone, "The last change is undone."),
      startOver: () => this.#change(drafts.startedOver, "Begun anew."),
      train: () => this.#train(),
      redraw: () => this.#draw(),
    };
  }
}
