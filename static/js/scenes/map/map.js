// @ts-check
// The scene of sweeps: where one is made, and the map of one, which fills while its runs train.

import { messageOf } from "../../control/asking.js";
import { changeDetails } from "../../control/details.js";
import { Board } from "../../map/board.js";
import { chosenIn, momentIn, totalOf } from "../../map/reading.js";
import { layoutIn } from "../../map/chooser.js";
import { byId, make, write } from "../../views/elements.js";
import { Following } from "./following.js";
import { listSweeps } from "./listed.js";
import { Making } from "./making.js";
import { Moments } from "./moments.js";
import { Steering } from "./steering.js";
import { Taking } from "./taking.js";

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  const scene = new MapScene(store, commands);
  store.subscribe(() => scene.draw());
}

class MapScene {
  #isListed = false;
  #isAsked = false;
  #said = "";

  /** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    const ask = () => this.#ask();
    const fail = (/** @type {Error} */ problem) => this.#say(messageOf(problem));
    this.following = new Following(ask);
    this.moments = new Moments(ask, fail);
    this.making = new Making(({ id }) => this.#open(id));
    this.board = new Board(byId("map-board"), {
      choose: (details) => changeDetails(store, details),
      open: (run) => this.#openRun(run),
    });
    this.steering = new Steering({
      changed: (told) => this.following.take(told),
      removed: () => commands.openScene("map"),
      failed: (words) => this.#say(words),
    });
    this.taking = new Taking(this.board, (words) => this.#say(words));
    const another = make("button", { class: "button acts", type: "button" }, "Another sweep…");
    another.onclick = () => commands.openScene("map");
    this.runs = make("a", { class: "link" }, "Its runs as a table");
    this.runs.onclick = (event) => {
      event.preventDefault();
      commands.openScene("runs", { sweep: this.following.sweep?.id ?? "" });
    };
    this.board.frame.more.append(this.runs);
    this.board.frame.acts.append(this.steering.root, this.taking.root, another);
    byId("map-close").onclick = () => this.#say("");
  }

  /** @param {string} id */
  #open(id) {
    this.commands.openScene("map", { sweep: id });
  }

  /** @param {string} run */
  async #openRun(run) {
    await this.commands.openRun(run);
    this.commands.openScene("live");
  }

  /** @param {string} words  on what was asked for and can't be */
  #say(words) {
    this.#said = words;
    this.draw();
  }

  #drawTrouble() {
    const words = this.following.trouble || this.#said;
    byId("map-trouble").hidden = words === "";
    byId("map-close").hidden = this.following.trouble !== "";
    write(byId("map-trouble-words"), words);
  }

  /** Draws in the next frame, however much comes until then. */
  #ask() {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => {
      this.#isAsked = false;
      this.draw();
    });
  }

  draw() {
    const { view } = this.store.state;
    const isHere = view.scene === "map";
    const { sweep: id = "", ...details } = isHere ? view.details : {};
    this.following.follow(id);
    if (!isHere) {
      this.#isListed = false;
      this.board.time.stop();
      return;
    }
    this.#drawTrouble();
    const { sweep, trouble } = this.following;
    const isMaking = id === "" || (!sweep && trouble !== "");
    byId("map-make").hidden = !isMaking;
    byId("map-board").hidden = !sweep;
    if (isMaking) return this.#drawMaking();
    this.#isListed = false;
    if (sweep) this.#drawMap(sweep, details);
  }

  #drawMaking() {
    this.making.open(this.store.state);
    if (this.#isListed) return;
    this.#isListed = true;
    listSweeps((sweep) => this.#open(sweep));
  }

  /** @param {import("../../net/sweeps.js").Told} sweep
   * @param {import("../../map/reading.js").Details} details */
  #drawMap(sweep, details) {
    const [total, moment] = [totalOf(sweep), momentIn(details, sweep)];
    const at = chosenIn(details, sweep, layoutIn(details, sweep.axes.length));
    const shown = this.moments.at(sweep, moment, total);
    this.board.draw(sweep, details, shown, this.moments.seedsOf(sweep, at, moment, total));
    this.runs.href = `?view=runs&sweep=${encodeURIComponent(sweep.id)}`;
    this.steering.draw(sweep);
    this.taking.draw(sweep);
  }
}
