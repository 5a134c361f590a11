// @ts-check
// The scene in which a network is built: a draft, what the server says of it, and what changes it.

import { narrowerThan } from "../../views/breakpoints.js";
import { byId, onChoice, write } from "../../views/elements.js";
import { inLabels } from "../../words/fields.js";
import { Aside, fewerWords } from "./aside.js";
import { baseOf, brokenBy } from "./base.js";
import { mountCopies } from "./copies.js";
import * as drafts from "./draft.js";
import { keep, recalled } from "./keeping.js";
import { listenInStack } from "./keys.js";
import { layerKind, objectiveKind } from "./kinds.js";
import { Learning } from "./learning.js";
import { Palette } from "./palette.js";
import { Planning } from "./planning.js";
import { letReorder } from "./reordering.js";
import { BlockSettings } from "./settings.js";
import { Stack } from "./stack.js";
import { fromWords, noticeWords } from "./words.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../types.js").Commands} Commands
 */

/** @param {Store} store @param {Commands} commands */
export function mount(store, commands) {
  const builder = new Builder(store, commands);
  store.subscribe((state) => state.view.scene === "build" && builder.open(state));
}

class Builder {
  /** @type {Draft | null} */
  #draft = null;
  /** @type {import("./planning.js").Plan | null} */
  #plan = null;
  #isStale = true;

  /** @param {Store} store @param {Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    this.scene = byId("scene-build");
    this.planning = new Planning({
      onPlan: (plan) => this.#planned(plan),
      onFrame: (frame) => this.aside.drawFilters(frame),
      onLost: (why) => this.#say(why),
    });
    const set = (/** @type {(string | number)[]} */ path, /** @type {unknown} */ value) =>
      this.#change((draft) => drafts.set(draft, path, value));
    this.stack = new Stack(byId("build-stack"), {
      choose: (index) => this.#choose(index),
      add: (at, beside) => this.palette.open(at, beside),
      remove: (index) => this.#remove(index),
      mend: (problem, mend) => this.#mend(problem, mend),
    });
    this.settings = new BlockSettings({ set, move: (by) => this.#move(by), remove: () => this.#remove() });
    this.learning = new Learning(this.#learningActs(set));
    this.aside = new Aside({
      train: () => this.#train(),
      setSteps: (steps) => this.#change((draft) => drafts.withSteps(draft, steps)),
      show: (layer) => this.#showFault(layer),
    });
    this.palette = new Palette(
      (type, at) => this.#add(type, at),
      () => (this.#draft?.chosen ?? 0) + 1,
    );
    this.#listen();
  }

  /** Shows the draft of what is on the stage; another stage, another draft. @param {import("../../types.js").State} state */
  open(state) {
    const base = baseOf(state);
    if (!base) return;
    if (this.#draft?.base.key !== base.key) this.#begin(state, base);
    else this.#chooseAsked(state.view.details.block);
    const part = state.view.details.part ?? "layers";
    this.scene.dataset.part = part;
    for (const input of byId("build-parts").querySelectorAll("input")) input.checked = input.value === part;
  }

  /** @param {import("../../types.js").State} state @param {import("./draft.js").Base} base */
  #begin(state, base) {
    const draft = recalled(base);
    const broken = brokenBy(state);
    const isMended = broken && draft.past.length === 0;
    byId("build-broke").hidden = !isMended;
    if (isMended) {
      const words = `It broke with a learning rate of ${broken.broke}; ${broken.rate} is proposed.`;
      write(byId("build-broke"), words);
    }
    const asked = Number(state.view.details.block ?? draft.chosen + 1) - 1;
    const first = drafts.chosen(draft, asked);
    this.#draft = isMended ? drafts.set(first, ["optimizer", "learning_rate"], broken.rate) : first;
    this.#plan = null;
    this.#drawAll();
  }

  /** @param {string | undefined} block  counted as people do; 0 are the pictures */
  #chooseAsked(block) {
    const draft = this.#draft;
    if (!draft || block === undefined || Number(block) - 1 === draft.chosen) return;
    this.#draft = drafts.chosen(draft, Number(block) - 1);
    this.#drawAll();
  }

  /** @param {(draft: Draft) => Draft} change @param {string} [notice] */
  #change(change, notice = "") {
    const before = this.#draft;
    if (!before) return;
    const after = change(before);
    if (after === before) return;
    this.#draft = after;
    keep(after);
    this.#say(notice);
    this.#drawAll();
    if (after.chosen !== before.chosen) this.#tellChosen();
  }

  #drawAll() {
    const draft = this.#draft;
    if (!draft) return;
    this.#isStale = true;
    this.planning.of(draft);
    this.#draw();
  }

  #draw() {
    const draft = this.#draft;
    if (!draft) return;
    const plan = this.#plan;
    const sameLayers = plan?.layers.length === draft.recipe.layers.length ? plan : null;
    this.stack.draw(draft, sameLayers);
    this.settings.draw(draft);
    this.#placeSettings(draft.chosen);
    this.learning.draw(draft, plan);
    this.aside.draw(plan, this.#isStale);
    write(byId("build-from"), fromWords(draft));
    byId("build-undo").hidden = byId("build-over").hidden = draft.past.length === 0;
    this.scene.classList.toggle("stale", this.#isStale);
  }

  /** Narrow screens have the settings within their block. @param {number} chosen */
  #placeSettings(chosen) {
    const inside = narrowerThan("scrolling").matches;
    const home = inside ? this.stack.itemOf(chosen) : byId("build-settings");
    if (home && this.settings.root.parentElement !== home) home.append(this.settings.root);
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

  /** @param {number} index */
  #choose(index) {
    if (!this.#draft) return;
    this.#draft = drafts.chosen(this.#draft, index);
    this.#draw();
    this.#tellChosen();
  }

  #tellChosen() {
    this.commands.chooseDetails({
      ...this.store.state.view.details,
      block: String((this.#draft?.chosen ?? 0) + 1),
    });
  }

  /** @param {string} type @param {number} at */
  #add(type, at) {
    this.#change((draft) => drafts.added(draft, type, at), noticeWords("Added", layerKind(type).title));
    this.stack.focus(this.#draft?.chosen ?? 0);
  }

  #remove(index = this.#draft?.chosen ?? drafts.PICTURE) {
    const layer = this.#draft?.recipe.layers[index];
    if (!layer) return;
    this.#change(
      (draft) => drafts.removed(draft, index),
      noticeWords("Removed", layerKind(layer.type).title),
    );
    this.stack.focus(this.#draft?.chosen ?? 0);
  }

  /** @param {number} by */
  #move(by) {
    const focused = document.activeElement;
    const { chosen } = this.#draft ?? { chosen: drafts.PICTURE };
    if (chosen === drafts.PICTURE) return;
    this.#change((draft) => drafts.moved(draft, chosen, chosen + by));
    if (focused?.matches(".build-block")) this.stack.focus(this.#draft?.chosen ?? 0);
  }

  /** @param {import("./stack.js").Problem | undefined} problem @param {number} mend */
  #mend(problem, mend) {
    const offered = problem?.mends[mend];
    if (!offered || this.#isStale) return;
    const recipe = /** @type {import("./draft.js").Recipe} */ (/** @type {unknown} */ (offered.recipe));
    this.#change((draft) => drafts.replaced(draft, recipe), `Mended: ${offered.sentence}.`);
    this.stack.focus(this.#draft?.chosen ?? 0);
  }

  /** @param {number | null} layer */
  #showFault(layer) {
    const isLearning = layer === null;
    this.commands.chooseDetails({
      ...this.store.state.view.details,
      part: isLearning ? "learns" : "layers",
    });
    if (!isLearning) this.#choose(layer);
    const box = isLearning ? byId("build-learning-faults") : this.stack.itemOf(layer);
    box?.scrollIntoView({ block: "nearest" });
    (box?.querySelector(".build-fault button") ?? box?.querySelector(".build-block"))?.focus();
  }

  async #train() {
    const draft = this.#draft;
    if (!draft || this.#isStale || this.store.state.pending !== null) return;
    const run = await this.commands.startRecipe(drafts.requestOf(draft));
    if (run) return this.commands.openScene("live");
    this.#say(this.store.state.problem ?? "");
    this.store.dispatch({ type: "problem_read" });
  }

  /** @param {import("./settings.js").Acts["set"]} set @returns {import("./learning.js").Acts} */
  #learningActs(set) {
    return {
      set,
      chooseOptimizer: (type) => this.#change((draft) => drafts.withOptimizer(draft, type)),
      chooseObjective: (type) => {
        const settings = objectiveKind(type).settings.map(({ name, start }) => [name, start]);
        set(["objective"], { type, ...Object.fromEntries(settings) });
      },
      chooseUnit: (unit) => {
        const perEpoch = this.#plan?.steps_per_epoch;
        if (perEpoch) this.#change((draft) => drafts.inUnit(draft, unit, perEpoch));
      },
      mend: (problem, mend) => this.#mend(problem, mend),
    };
  }

  /** @param {string} words */
  #say(words) {
    write(byId("build-notice"), words);
  }

  #listen() {
    for (const id of ["build-fewer", "build-fewer-asked"]) write(byId(id), fewerWords);
    byId("build-undo").onclick = () => this.#change(drafts.undone, "The last change is undone.");
    byId("build-over").onclick = () =>
      this.#change((draft) => drafts.replaced(draft, draft.base.recipe, "Begun anew"), "Begun anew.");
    byId("build-add").onclick = (/** @type {Event} */ event) =>
      this.palette.open((this.#draft?.chosen ?? 0) + 1, /** @type {Element} */ (event.currentTarget));
    onChoice("build-parts", (part) =>
      this.commands.chooseDetails({ ...this.store.state.view.details, part }),
    );
    narrowerThan("scrolling").addEventListener("change", () => this.#draw());
    letReorder(byId("build-stack"), (from, to) => this.#change((draft) => drafts.moved(draft, from, to)));
    const step = (/** @type {number} */ by) => {
      this.#choose((this.#draft?.chosen ?? 0) + by);
      this.stack.focus(this.#draft?.chosen ?? 0);
    };
    listenInStack(byId("build-stack"), {
      choose: step,
      move: (by) => this.#move(by),
      add: () => {
        const item = this.stack.itemOf(this.#draft?.chosen ?? 0);
        if (item) this.palette.open((this.#draft?.chosen ?? 0) + 1, item.firstElementChild ?? item);
      },
      remove: () => this.#remove(),
      enter: () => this.settings.focus(),
    });
    this.scene.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.aside.press();
    });
    mountCopies(() => (this.#draft ? drafts.requestOf(this.#draft) : null));
  }
}
