// @ts-check
// How it learns: what for, by which optimiser, how fast and how long.

import { OBJECTIVE_KINDS, OPTIMIZER_KINDS, RECIPE_SETTINGS } from "../../recipe_catalogue.js";
import { byId, make, write } from "../../views/elements.js";
import { makeRow, segments } from "./controls.js";
import { curveWords, makeCurve } from "./curve.js";
import { stepsOf } from "./draft.js";
import { bandOf, objectiveKind, optimizerKind, valueOf } from "./kinds.js";
import { blockOf, showFaults } from "./faults.js";
import { PLACES, placeOf } from "./scale.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./planning.js").Plan} Plan
 * @typedef {import("../../recipe_catalogue.js").Setting} Setting
 * @typedef {object} Acts
 * @property {(path: (string | number)[], value: unknown) => void} set
 * @property {(type: string) => void} chooseOptimizer
 * @property {(type: string) => void} chooseObjective
 * @property {(unit: "steps" | "epochs") => void} chooseUnit
 * @property {import("./faults.js").Mend} mend
 */

const named = (/** @type {string} */ name) =>
  /** @type {Setting} */ (RECIPE_SETTINGS.find((setting) => setting.name === name));

export class Learning {
  #shown = "";
  /** @type {{path: (string | number)[], setting: Setting, row: import("./controls.js").Row}[]} */
  #rows = [];

  /** @param {Acts} acts */
  constructor(acts) {
    this.acts = acts;
    this.curve = makeCurve();
    this.curveWords = make("p", { class: "quiet" });
    this.band = make("p", { class: "quiet build-band-words" });
    this.list = byId("build-learning-rows");
    this.faults = byId("build-learning-faults");
    this.objective = this.#choice("objective", "Trained to", OBJECTIVE_KINDS, acts.chooseObjective);
    this.optimizer = this.#choice("optimizer", "Optimiser", OPTIMIZER_KINDS, acts.chooseOptimizer);
    const units = ["steps", "epochs"].map((type) => ({ type, title: type }));
    this.unit = this.#choice("unit", "Length in", units, (unit) =>
      acts.chooseUnit(unit === "epochs" ? "epochs" : "steps"),
    );
  }

  /** @param {Draft} draft @param {Plan | null} plan */
  draw(draft, plan) {
    const { recipe } = draft;
    const unit = recipe.epochs ? "epochs" : "steps";
    this.#arrange(recipe, unit);
    this.objective.show(recipe.objective.type);
    this.optimizer.show(recipe.optimizer.type);
    this.unit.show(unit);
    const parts = /** @type {Record<string, Record<string, unknown>>} */ (/** @type {unknown} */ (recipe));
    for (const { path, setting, row } of this.#rows)
      row.show(valueOf(path.length > 1 ? parts[path[0]] : recipe, setting), null);
    const steps = plan?.steps_per_epoch ? stepsOf(recipe, plan.steps_per_epoch) : null;
    const schedule = String(recipe.optimizer.schedule ?? "constant");
    this.curve.show(schedule);
    write(this.curveWords, curveWords(recipe.optimizer.learning_rate, schedule, steps));
    this.#drawBand(recipe.optimizer);
    const problems = (plan?.problems ?? []).filter((problem) => blockOf(problem) === null);
    showFaults(this.faults, problems, draft, plan, this.acts.mend);
  }

  /** @param {import("./draft.js").Part} optimizer */
  #drawBand(optimizer) {
    const band = bandOf(optimizer);
    const rate = Number(optimizer.learning_rate);
    const row = this.list.querySelector('[data-setting="learning_rate"]');
    const slider = row?.querySelector("input[type=range]");
    const { title, settings } = optimizerKind(optimizer.type);
    if (!(slider instanceof HTMLElement)) return;
    slider.classList.toggle("banded", band !== null);
    this.band.hidden = band === null;
    if (!band) return;
    const [setting] = settings.filter(({ name }) => name === "learning_rate");
    const place = (/** @type {number} */ value) => `${(placeOf(setting, value) / PLACES) * 100}%`;
    slider.style.setProperty("--low", place(band[0]));
    slider.style.setProperty("--high", place(band[1]));
    const isOutside = rate < band[0] || rate > band[1];
    this.band.classList.toggle("outside", isOutside);
    const where = `${band[0]} to ${band[1]} went well with ${title} on Dead leaves.`;
    write(this.band, isOutside ? `Outside the green: ${where}` : `Green: ${where}`);
  }

  /** @param {import("./draft.js").Recipe} recipe @param {"steps" | "epochs"} unit */
  #arrange(recipe, unit) {
    const key = [recipe.objective.type, recipe.optimizer.type, unit].join(" ");
    if (key === this.#shown) return;
    this.#shown = key;
    const row = (/** @type {(string | number)[]} */ path, /** @type {Setting} */ setting) => ({
      path,
      setting,
      row: makeRow(setting, (value) => this.acts.set(path, value)),
    });
    const within = (/** @type {string} */ part, /** @type {Setting[]} */ settings) =>
      settings.map((setting) => row([part, setting.name], setting));
    const objective = within("objective", objectiveKind(recipe.objective.type).settings);
    const optimizer = within("optimizer", optimizerKind(recipe.optimizer.type).settings);
    const length = [unit, "batch_size", "seed"].map((name) => row([name], named(name)));
    this.#rows = [...objective, ...optimizer, ...length];
    this.list.replaceChildren(
      this.objective.row,
      ...objective.map((one) => one.row.root),
      this.optimizer.row,
      ...optimizer.map((one) => one.row.root),
      this.unit.row,
      ...length.map((one) => one.row.root),
    );
    this.#hang("learning_rate", this.band);
    this.#hang("schedule", make("div", { class: "build-schedule" }, this.curve.root, this.curveWords));
  }

  /** Puts something below a row's control. @param {string} name @param {Element} more */
  #hang(name, more) {
    this.list.querySelector(`[data-setting="${name}"]`)?.append(more);
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {readonly {type: string, title: string}[]} kinds
   * @param {(type: string) => void} choose
   */
  #choice(name, label, kinds, choose) {
    const id = `build-${name}`;
    const choices = kinds.map(({ type, title }) => /** @type {[unknown, string]} */ ([type, title]));
    const control = segments(id, choices, (value) => choose(String(value)));
    const said = make("span", { class: "build-label", id: `${id}-label` }, label);
    const row = make("div", { class: "build-row", "data-setting": name }, said, control.root);
    return { row, show: control.show };
  }
}
