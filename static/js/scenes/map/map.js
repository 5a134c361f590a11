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

  /** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    const ask = () => this.#ask();
    const fail = (/** @type {Error} */ problem) => this.#say(messageOf(problem));
    this.following = new Following(ask, fail);
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

  /** @param {string} words */
  #say(words) {
    byId("map-trouble").hidden = words === "";
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
    const { sweep } = this.following;
    byId("map-make").hidden = id !== "";
    byId("map-board").hidden = !sweep || id === "";
    if (id === "") return this.#drawMaking();
    this.#isListed = false;
    if (!sweep) return;
    this.#say("");
    this.#drawMap(sweep, details);
  }

  #drawMaking() {
    this.making.open(this.store.state);
    if (this.#isListed) return;
    this.#isListed = true;
    this.moments.forget();
    listSweeps((sweep) => this.#open(sweep));
  }

  /** @param {import("../../net/sweeps.js").Told} sweep @param {import("../../map/reading.js").Details} details */
  #drawMap(sweep, details) {
    const [total, moment] = [totalOf(sweep), momentIn(details, sweep)];
    const at = chosenIn(details, sweep, layoutIn(details, sweep.axes.length));
    const shown = this.moments.at(sweep, moment, total);
    this.board.draw(sweep, details, shown, this.moments.seedsOf(sweep, at, moment, total));
    this.steering.draw(sweep);
    this.taking.draw(sweep);
  }
}
