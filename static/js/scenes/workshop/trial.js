// @ts-check
// Puts the bank into a network and trains it beside learned and random filters.

import { messageOf } from "../../control/asking.js";
import { changeDetails } from "../../control/details.js";
import { byId, onChoice } from "../../views/elements.js";
import { TrialColumn } from "./trial_column.js";
import { Plan } from "./trial_plan.js";
import { NOBODYS, recipeFor } from "./trial_ways.js";

/** @typedef {import("./trial_ways.js").Way} Way */

const REST_MILLISECONDS = 400;
const DELETED = "A run of this comparison was deleted. It can be trained again.";

/**
 * @param {import("../../store.js").Store} store
 * @param {import("../../types.js").Commands} commands
 * @param {import("./bank.js").Bank} bank
 */
export function mountTrial(store, commands, bank) {
  const trial = new BankTrial(store, commands, bank);
  store.subscribe(() => trial.follow());
  bank.subscribe(() => trial.rest());
  byId("trial-train").onclick = () => trial.press();
  byId("trial-twins").onclick = () => trial.openTwins();
  byId("trial-network").onchange = (/** @type {Event} */ { target }) =>
    target instanceof HTMLSelectElement && changeDetails(store, { network: target.value, fit: "" });
  onChoice("trial-learn", (value) => changeDetails(store, { learn: value === "free" ? value : "" }));
  trial.follow();
}

export class BankTrial {
  /** Why the server refused, or what isn't there any more. */
  said = "";
  /** Whether runs are being sought and begun. */
  busy = false;
  #link = "";
  #timer = 0;
  #asked = false;
  #sought = "";

  /**
   * @param {import("../../store.js").Store} store
   * @param {import("../../types.js").Commands} commands
   * @param {import("./bank.js").Bank} bank
   */
  constructor(store, commands, bank) {
    this.store = store;
    this.commands = commands;
    this.bank = bank;
    this.plan = new Plan(store, bank, () => this.ask());
    this.column = new TrialColumn(this);
  }

  /** Draws in the next frame, however much changes until then. */
  ask() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      if (this.store.state.view.scene === "workshop") this.column.draw();
    });
  }

  /** Goes where the address leads. */
  follow() {
    const { scene, details } = this.store.state.view;
    if (scene !== "workshop") return;
    const link = details.trial ?? "";
    if (link !== this.#link) this.#open(link);
    this.#seek();
    this.ask();
  }

  /** Looks again, once the bank rests, whether it is the one that was trained. */
  rest() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.plan.compare().then(() => this.ask()), REST_MILLISECONDS);
    this.ask();
  }

  /** Why nothing can be trained now. */
  get isBarred() {
    return this.busy || this.plan.networks.misfit !== null || this.bank.filled === 0;
  }

  async press() {
    const { isTraining, missing, seeds, runs } = this.plan;
    if (isTraining) return runs.stop();
    if (this.isBarred) return;
    this.busy = true;
    this.ask();
    const more = missing.own + missing.others ? [] : [Math.max(...seeds) + 1];
    this.said = await this.plan.train([...seeds, ...more]).then(() => "", messageOf);
    this.busy = false;
    this.#remember();
    this.commands.loadRuns();
    this.ask();
  }

  /** The learned one and one's own, side by side. */
  async openTwins() {
    const [learned, own] = [this.plan.runsOf("learned").at(-1), this.plan.runsOf(this.plan.own).at(-1)];
    if (!learned || !own) return;
    await this.commands.openRun(learned.id);
    this.commands.openScene("twins", { with: own.id });
  }

  /** @param {import("./trial_run.js").TrialRun} run */
  async openRun(run) {
    await this.commands.openRun(run.id);
    this.commands.openScene("live");
  }

  /** @param {string} link */
  async #open(link) {
    this.#link = link;
    try {
      const gone = await this.plan.runs.open(link.split(",").filter(Boolean));
      this.said = gone ? DELETED : "";
      if (gone) this.#remember();
    } catch (error) {
      this.said = messageOf(error);
    }
    this.rest();
  }

  /** Shows what was trained before anybody presses. */
  async #seek() {
    const { networks, seeds, runs } = this.plan;
    const { base } = networks;
    const key = base ? JSON.stringify([base, seeds]) : "";
    if (!base || key === this.#sought) return;
    this.#sought = key;
    const ways = /** @type {Way[]} */ (["learned", "random"]);
    const recipes = seeds.flatMap((seed) => ways.map((way) => recipeFor(base, way, NOBODYS, seed)));
    await runs.find(recipes).catch(() => null);
    this.ask();
  }

  /** Keeps in the address which runs are shown. */
  #remember() {
    this.#link = this.plan.runs.all.map(({ id }) => id).join();
    changeDetails(this.store, { trial: this.#link });
  }
}
