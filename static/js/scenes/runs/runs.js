// @ts-check
// The table of runs: find, sort, pin, name, compare and delete them, however many there are.

import { ClusterLine } from "../../control/cluster_line.js";
import { goneNow } from "../../control/deleting.js";
import { changeDetails } from "../../control/details.js";
import { byId } from "../../views/elements.js";
import { Acts } from "./acts.js";
import { Choosing } from "./choosing.js";
import { Editor } from "./editor.js";
import { Grid } from "./grid.js";
import { Heading } from "./heading.js";
import { pressInGrid } from "./keys.js";
import { Listing } from "./listing.js";
import { Menu } from "./menu.js";
import { News } from "./news.js";
import { comparedIn, isChosen, queryOf } from "./query.js";
import { Side } from "./side.js";
import { SweepNames } from "./sweep_names.js";
import { Strips } from "./strips.js";
import { Ticks } from "./ticks.js";
import { Tray } from "./tray.js";

/**
 * @typedef {import("../../types.js").Run} Run
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../types.js").Commands} Commands
 */

const FILTERS = 8;

/** @param {Store} store @param {Commands} commands */
export function mount(store, commands) {
  new Table(store, commands);
}

export class Table {
  #key = "";

  /** @param {Store} store @param {Commands} commands */
  constructor(store, commands) {
    this.store = store;
    const root = byId("runs-grid");
    const back = () => root.focus({ preventScroll: true });
    this.listing = new Listing(() => this.#changed());
    this.strips = new Strips(FILTERS, () => this.grid.ask());
    this.ticks = new Ticks(this.listing, () => this.#showTicks());
    this.grid = new Grid(root, byId("runs-rows"), this.#source());
    this.news = new News(store, () => this.listing.refresh());
    this.editor = new Editor((run, change) => this.acts.change(run, change), back);
    this.menu = new Menu(byId("scene-runs"), back);
    this.acts = new Acts(this, commands);
    this.tray = new Tray((act) => this.acts.do(act));
    this.heading = new Heading();
    this.cluster = new ClusterLine(byId("runs-cluster"));
    this.side = new Side((run) => this.acts.open(run));
    this.sweeps = new SweepNames(() => this.grid.ask());
    new Choosing(store, root, this.sweeps);
    byId("runs-map").onclick = () => commands.openScene("map", { sweep: store.state.view.details.sweep });
    byId("runs-take").onclick = () => this.acts.do("take all");
    byId("runs-back").onclick = () => changeDetails(store, { compare: "" });
    this.#listen(root);
    store.subscribe((state, before) => {
      this.#follow(state);
      if (state.deletion !== before.deletion) this.#hearOf(goneNow(state.deletion, before.deletion));
    });
  }

  /** @returns {import("./grid.js").Source} */
  #source() {
    return {
      count: () => this.listing.count ?? 0,
      at: (index) => this.listing.at(index),
      isTicked: (run) => this.ticks.has(run),
      strip: (run) => this.strips.of(run),
      sweepName: (run) => (run.sweep ? this.sweeps.of(run.sweep) : ""),
      need: (first, last) => {
        this.listing.need(first, last);
        const seen = [];
        for (let at = first; at <= last; at++) seen.push(this.listing.at(at));
        this.strips.need(seen.filter((run) => run !== undefined));
      },
    };
  }

  /** @param {HTMLElement} root */
  #listen(root) {
    root.addEventListener("keydown", (event) =>
      pressInGrid(event, this.grid, this.ticks, (act) => this.acts.do(act)),
    );
    root.addEventListener("mousedown", (event) => {
      if (event.target instanceof Element && event.target.closest("[data-act]")) event.preventDefault();
    });
    root.addEventListener("click", (event) => this.acts.click(event));
    root.addEventListener("dblclick", (event) => {
      if (this.grid.indexAt(event.target) !== null) this.acts.do("open");
    });
  }

  /** @param {import("../../types.js").State} state */
  #follow({ view }) {
    this.cluster.follow(view.scene === "runs");
    if (view.scene !== "runs") {
      this.#key = "";
      return;
    }
    const key = JSON.stringify(view.details);
    if (key === this.#key) return;
    if (!this.#key) this.sweeps.load();
    this.#key = key;
    const compared = comparedIn(view.details);
    byId("runs-compare").hidden = compared.length === 0;
    byId("runs-table").hidden = compared.length > 0;
    if (compared.length) this.side.show(compared, this.ticks.runs);
    const query = queryOf(view.details);
    this.listing.ask(query);
    this.heading.ask(query, isChosen(view.details));
    this.grid.ask();
  }

  #changed() {
    this.ticks.renew();
    this.heading.show(this.listing);
    this.grid.active = Math.max(0, Math.min(this.grid.active, (this.listing.count ?? 1) - 1));
    this.tray.showCounts(this.ticks, this.listing.count ?? 0);
    this.grid.ask(); // with the next frame, which may be one that scrolls
  }

  #showTicks() {
    this.tray.show(this.ticks, this.listing.count ?? 0);
    this.grid.draw();
    this.#keepKeys();
  }

  /** A button of the tray may be gone by what it did. */
  #keepKeys() {
    const active = document.activeElement;
    const isGone = this.tray.root.contains(active) && !active?.getClientRects().length;
    if (isGone) byId("runs-grid").focus({ preventScroll: true });
  }

  /** Runs are gone, or there again. @param {string[]} gone  of them, by their ids */
  #hearOf(gone) {
    this.ticks.renew(gone);
    this.#showTicks();
    this.news.tell();
    this.listing.refresh();
  }
}
