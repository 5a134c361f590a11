// @ts-check
// What is done with runs, by keys, by the menu, by the tray.

import { asking, messageOf } from "../../control/asking.js";
import { changeDetails } from "../../control/details.js";
import { recipeAgain } from "../../control/recipes.js";
import { api } from "../../net/api.js";
import { byId } from "../../views/elements.js";
import { entriesOf } from "./offers.js";

/** @typedef {import("../../types.js").Run} Run */

/** What a watcher may not do. */
const CHANGES = new Set(["rename", "note", "pin", "again", "delete"]);

export class Acts {
  /** @type {Promise<import("./taking.js").Taking> | null} */
  taking = null;

  /** @param {import("./runs.js").Table} table @param {import("../../types.js").Commands} commands */
  constructor(table, commands) {
    this.table = table;
    this.commands = commands;
  }

  /** With the row that the keys are about, or with those that are ticked. @param {string} act */
  do(act) {
    const { grid, ticks } = this.table;
    const ticked = ticks.runs;
    const run = grid.run;
    if (CHANGES.has(act) && this.table.store.state.access === "watch") return;
    if (act === "undo") return ticks.undo() || this.commands.undoDeletion();
    if (act === "clear") return ticks.clear();
    if (act === "all") return void ticks.all().catch((error) => this.#say(error));
    if (act === "take all") return this.#take(ticked);
    if (act === "take") return this.#take(ticked.length || !run ? ticked : [run]);
    if (act === "compare") return this.#compare(ticked);
    if (act === "twins") return this.#twins(ticked);
    if (act === "delete") return this.#delete(ticked.length ? ticked : run ? [run] : []);
    if (act === "open" && ticked.length === 1 && document.activeElement !== byId("runs-grid"))
      return this.open(ticked[0]);
    if (run) this.#withOne(act, run);
  }

  /** @param {string} act @param {Run} run */
  #withOne(act, run) {
    const row = this.table.grid.rowOf(run.id);
    if (act === "open") this.open(run);
    else if (act === "map" && run.sweep) this.commands.openScene("map", { sweep: run.sweep });
    else if (act === "pin") this.change(run, { pinned: !run.pinned });
    else if (act === "again") this.#again(run);
    else if ((act === "rename" || act === "note") && row)
      this.table.editor.begin(row, act === "note" ? "note" : "name");
    else if (act === "menu" && row) this.#openMenu(row, run);
  }

  /** A press on a row, or on what stands in it. @param {MouseEvent} event */
  click(event) {
    const { grid, ticks } = this.table;
    const index = grid.indexAt(event.target);
    if (index === null || !(event.target instanceof Element) || event.target.closest("input")) return;
    const from = grid.active;
    grid.move(index);
    byId("runs-grid").focus({ preventScroll: true });
    if (event.shiftKey) return ticks.range(from, index);
    const act = event.target.closest("[data-act]")?.getAttribute("data-act");
    if (act === "tick" || event.ctrlKey || event.metaKey) return ticks.turn(index);
    if (act) return this.do(act === "more" ? "menu" : act);
    if (event.target.closest(".runs-called, .of-strip")) this.do("open");
  }

  /** @param {Run} run */
  open(run) {
    this.commands.openScene("live");
    this.commands.openRun(run.id);
  }

  /** @param {Run} run @param {import("../../net/answers.js").RunChange} change */
  async change(run, change) {
    const { store, listing, news } = this.table;
    const told = await asking(store, "annotate", () => api.change(run.id, change));
    if (!told) return;
    if (store.state.run?.id === run.id) store.dispatch({ type: "run_refreshed", run: told });
    news.tell();
    listing.refresh();
  }

  /** @param {Run} run */
  async #again(run) {
    if (run.recipe && (await this.commands.startRecipe(recipeAgain(run)))) this.commands.openScene("live");
  }

  /** @param {Run[]} runs */
  #delete(runs) {
    if (runs.length) this.commands.deleteRuns(runs);
  }

  /** @param {Run[]} runs */
  #compare(runs) {
    if (runs.length > 1) changeDetails(this.table.store, { compare: runs.map(({ id }) => id).join() });
  }

  /** @param {Run[]} runs */
  async #twins([first, second]) {
    if (!second) return;
    await this.commands.openRun(first.id);
    this.commands.openScene("twins", { with: second.id });
  }

  /** Of one run's menu: whatever else is ticked, this one is meant. @param {string} act @param {Run} run */
  #chosen(act, run) {
    if (act === "delete") this.#delete([run]);
    else if (act === "take") this.#take([run]);
    else this.#withOne(act, run);
  }

  /** Fetched when it is first asked for. @param {Run[]} runs */
  async #take(runs) {
    const { listing } = this.table;
    try {
      this.taking ??= import("./taking.js").then(({ Taking }) => new Taking(listing));
      this.taking.catch(() => (this.taking = null)); // to be asked for again
      (await this.taking).open(runs);
    } catch (error) {
      this.#say(error);
    }
  }

  /** @param {unknown} error */
  #say(error) {
    this.table.store.dispatch({ type: "request_failed", message: messageOf(error) });
  }

  /** @param {import("./row.js").Row} row @param {Run} run */
  #openMenu(row, run) {
    const changes = this.table.store.state.access !== "watch";
    const offered = entriesOf(run).filter(({ act }) => changes || !CHANGES.has(act));
    const at = row.element.querySelector(".runs-more")?.getBoundingClientRect();
    if (at) this.table.menu.open(at, offered, (/** @type {string} */ act) => this.#chosen(act, run));
  }
}
