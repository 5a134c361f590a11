// @ts-check
// The scene of sweeps: where one is made, and the map of one, which fills while its runs train.

import { messageOf } from "../../control/asking.js";
import { ClusterLine } from "../../control/cluster_line.js";
import { changeDetails } from "../../control/details.js";
import { chosenIn, momentIn, totalOf } from "../../map/reading.js";
import { layoutIn } from "../../map/chooser.js";
import { byId, write } from "../../views/elements.js";
import { Following } from "./following.js";
import { listSweeps } from "./listed.js";
import { Making } from "./making.js";
import { Moments } from "./moments.js";
import { MapView } from "./view.js";

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  const scene = new MapScene(store, commands);
  store.subscribe(() => scene.draw());
}

class MapScene {
  #isListed = false;
  #isAsked = false;
  #said = "";
  /** @type {import("../../types.js").State["deletion"]} */
  #deletion = null;

  /** Made when there is something to be seen on it. @type {MapView | null} */
  #view = null;

  /** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    const ask = () => this.#ask();
    this.following = new Following(ask);
    this.moments = new Moments(ask, (problem) => this.#say(messageOf(problem)));
    this.making = new Making(({ id }) => this.#open(id));
    this.cluster = new ClusterLine(byId("map-cluster"));
    byId("map-close").onclick = () => this.#say("");
  }

  get view() {
    this.#view ??= new MapView(byId("map-board"), {
      choose: (details) => changeDetails(this.store, details),
      openRun: (run) => this.#openRun(run),
      compare: (run, other) => this.#compare(run, other),
      openRuns: (sweep) => this.commands.openScene("runs", { sweep }),
      another: () => this.commands.openScene("map"),
      changed: (told) => this.following.take(told),
      remove: (sweep) => this.commands.deleteSweep(sweep),
      say: (words) => this.#say(words),
    });
    return this.#view;
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

  /** @param {string} run @param {string} other */
  async #compare(run, other) {
    await this.commands.openRun(run);
    this.commands.openScene("twins", { with: other });
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
    const { view, deletion } = this.store.state;
    if (deletion !== this.#deletion) this.#isListed = false; // one may be gone, or back
    this.#deletion = deletion;
    const isHere = view.scene === "map";
    const { sweep: id = "", ...details } = isHere ? view.details : {};
    this.following.follow(id);
    this.cluster.follow(isHere);
    if (!isHere) {
      this.#isListed = false;
      this.#view?.stop();
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
    this.view.draw(sweep, details, shown, this.moments.seedsOf(sweep, at, moment, total));
  }
}
