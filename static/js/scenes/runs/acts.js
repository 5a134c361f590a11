// @ts-check
// What is done with runs, by keys, by the menu, by the tray.

import { LIVE_STATUSES } from "../../contract.js";
import { asking } from "../../control/asking.js";
import { changeDetails } from "../../control/details.js";
import { recipeAgain } from "../../control/recipes.js";
import { api } from "../../net/api.js";
import { byId } from "../../views/elements.js";

/** @typedef {import("../../types.js").Run} Run */
/** @typedef {import("./menu.js").Entry} Entry */

/** What a watcher may not do. */
const CHANGES = new Set(["rename", "note", "pin", "again", "delete"]);

export class Acts {
  /** @param {import("./runs.js").Table} table @param {import("../../types.js").Commands} commands */
  constructor(table, commands) {
    this.table = table;
    this.commands = commands;
  }

  /** With the row that the keys are about, or with those that are ticked. @param {string} act */
  do(act) {
    const { grid, ticks, deleting } = this.table;
    const ticked = ticks.runs;
    const run = grid.run;
    if (CHANGES.has(act) && this.table.store.state.access === "watch") return;
    if (act === "undo") return deleting.undo();
    if (act === "clear") return ticks.clear();
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
    const live = runs.filter(({ status, can }) => can.steer && LIVE_STATUSES.has(status));
    if (live.length)
      return this.table.store.dispatch({
        type: "request_failed",
        message: `“${live[0].name}” still trains: stop it before you delete it.`,
      });
    if (runs.length) this.table.deleting.remove(runs);
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

  /** @param {import("./row.js").Row} row @param {Run} run */
  #openMenu(row, run) {
    const changes = this.table.store.state.access !== "watch";
    /** @type {Entry[]} */
    const entries = [
      { act: "open", title: "Open", key: "Enter" },
      { act: "rename", title: "Rename", key: "F2" },
      { act: "note", title: "Note", key: "N" },
      { act: "pin", title: run.pinned ? "Unpin" : "Pin", key: "P" },
      { act: "again", title: "Run again", key: "R" },
      { act: "delete", title: "Delete", key: "Del", isFar: true },
    ];
    const offered = entries.filter(
      ({ act }) => (changes || !CHANGES.has(act)) && (act !== "again" || run.recipe),
    );
    const at = row.element.querySelector(".runs-more")?.getBoundingClientRect();
    if (at)
      this.table.menu.open(at, offered, (/** @type {string} */ act) =>
        act === "delete" ? this.#delete([run]) : this.#withOne(act, run),
      );
  }
}
