// @ts-check
// The network on the live page: follows the step, the picture and whatever is pointed at.

import { changeDetails } from "../control/details.js";
import { TestSet } from "../pictures/test_set.js";
import { formOf, onFold } from "../views/folding.js";
import { narrowerThan } from "../views/breakpoints.js";
import { Changes } from "../views/changes.js";
import { byId, write } from "../views/elements.js";
import { loadSheet } from "../views/sheet.js";
import { examinedIn } from "./examined.js";
import { grouped } from "../words/numbers.js";
import { learningIn, lineOf } from "../words/network.js";
import { isShowable, networkOf, pictureOf, picturesOf, spotIn, wantedIn } from "./known.js";
import { litBy } from "./lit.js";
import { Seeing, seenKey } from "./seeing.js";
import { buildStations, paintStations } from "./stations.js";
import { listenToStrip } from "./steering.js";
import { drawThreads, makeThreads } from "./threads.js";
import { drawWords } from "./telling.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("./lit.js").Spot} Spot
 */

const HEIGHTS = { line: 56, folded: 56, unfolded: 112 };
const PHONE_HEIGHT = 40;
const phone = narrowerThan("phone");

/** @param {import("../store.js").Store} store @param {import("../types.js").Commands} commands */
export function mountNetwork(store, commands) {
  const strip = new Strip(store, commands);
  onFold(() => strip.draw());
  listenToStrip(strip);
  new IntersectionObserver(([{ isIntersecting }]) => strip.show(isIntersecting)).observe(byId("network"));
  document.addEventListener("visibilitychange", () => strip.draw());
  store.subscribe(() => strip.draw());
}

export class Strip {
  /** @type {import("./seeing.js").Seen | null} */
  seen = null;
  /** @type {import("./stations.js").Network | null} */
  network = null;
  /** @type {import("./stations.js").Station[]} */
  stations = [];
  /** Under the pointer. @type {Spot | null} */
  pointed = null;
  /** Where the keyboard is, while it is there. @type {Spot | null} */
  focused = null;
  #inView = true;
  #built = "";
  #painted = new Changes();
  /** @type {Promise<import("./lens.js").Lens> | null} */
  #lens = null;

  /** @param {import("../store.js").Store} store @param {import("../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    this.root = byId("network");
    this.line = byId("network-stations");
    this.testSet = new TestSet(() => this.draw());
    this.seeing = new Seeing(
      (seen) => this.#hear(seen),
      () => this.#refuse(),
    );
  }

  /** @param {boolean} inView */
  show(inView) {
    this.#inView = inView;
    this.draw();
  }

  /** @param {import("./seeing.js").Seen} seen */
  #hear(seen) {
    if (seen === this.seen) return;
    const wanted = wantedIn(this.store.state);
    const isThere = wanted !== null && this.seen?.key === seenKey(wanted);
    if (isThere || seen.key.split("/")[0] !== this.store.state.run?.id) return;
    this.seen = seen;
    this.draw();
  }

  /** There is no such picture: back to the first. */
  #refuse() {
    if (pictureOf(this.store.state)) changeDetails(this.store, { picture: "" });
  }

  /** @param {number} by */
  turn(by) {
    const picture = Math.max(0, pictureOf(this.store.state) + by);
    changeDetails(this.store, { picture: picture ? String(picture) : "" });
  }

  draw() {
    const { state } = this.store;
    if (state.view.scene !== "live" || document.hidden) return;
    this.root.hidden = !isShowable(state);
    if (this.root.hidden) return;
    if (this.seen && this.seen.key.split("/")[0] !== state.run?.id) this.seen = null;
    this.#ask(state);
    const dataset = this.seen ? null : picturesOf(state);
    const picture = dataset ? this.testSet.picture(dataset, pictureOf(state)) : null;
    this.network = networkOf(state, this.seen, picture);
    this.#build();
    if (this.network) this.#paint(state, this.network, picture);
    this.#examine(state);
  }

  /** Puts the microscope in place of the filters, or takes it away. @param {State} state */
  #examine(state) {
    const examined = this.network && examinedIn(state, this.network.plans);
    const root = byId("lens-place");
    const isOpen = examined !== null && this.seen !== null;
    if (root.hidden === !isOpen && !isOpen) return;
    const wasInside = root.contains(document.activeElement);
    root.hidden = !isOpen;
    byId("stage").classList.toggle("examining", isOpen);
    if (!isOpen) {
      if (wasInside) byId("network-strip").focus();
      return;
    }
    this.#lens ??= openLens(this, root);
    const { seen } = this;
    if (seen) this.#lens.then((lens) => lens.draw(examined, seen, state));
  }

  /** Only where it is seen, or where nothing is known of the network yet. @param {State} state */
  #ask(state) {
    const wanted = wantedIn(state);
    if (!wanted) return;
    this.root.classList.toggle("stale", this.seen?.key !== seenKey(wanted));
    const isNeeded = formOf() !== "line" || !this.seen || state.view.details.map !== undefined;
    if (this.#inView && isNeeded) this.seeing.want(wanted);
  }

  #build() {
    const form = formOf();
    const height = phone.matches ? PHONE_HEIGHT : HEIGHTS[form];
    const { network } = this;
    const parts = network?.plans.map(({ name, output_shape }) => [name, output_shape, ""].join("/"));
    const built = [height, JSON.stringify(network?.layers), parts].join();
    if (built === this.#built) return;
    this.#built = built;
    this.#painted.forget();
    this.stations = network ? buildStations(this.line, network, { height, turn: (by) => this.turn(by) }) : [];
    if (!network) this.line.replaceChildren();
    this.threads = makeThreads(this.line);
    write(byId("network-total"), network ? grouped(learningIn(network.layers, network.plans)) : "");
    write(byId("network-line"), network ? lineOf(network.picture, network.plans) : "");
  }

  /**
   * @param {State} state
   * @param {import("./stations.js").Network} network
   * @param {import("../pictures/test_set.js").Picture | null} picture
   */
  #paint(state, network, picture) {
    const own = this.pointed ?? this.focused ?? spotIn(state, network);
    const drawn = [own?.station, own?.map, formOf(), devicePixelRatio];
    if (!this.#painted.found(this.seen, picture, ...drawn)) return;
    const lit = this.seen && own ? litBy(this.seen.layers, own) : null;
    paintStations(this.stations, this.seen, picture, lit && byLayer(lit.spots));
    if (this.threads) drawThreads(this.threads, this.stations, lit, own);
    drawWords(this, own, pictureOf(state));
  }
}

/** Fetched when it is first wanted. @param {Strip} strip @param {HTMLElement} root */
async function openLens(strip, root) {
  const [{ Lens }] = await Promise.all([import("./lens.js"), loadSheet("network_lens")]);
  root.classList.add("ready");
  return new Lens(strip, root);
}

/** @param {Spot[]} spots */
function byLayer(spots) {
  /** @type {Map<number, Set<number>>} */
  const maps = new Map();
  for (const { station, map } of spots) maps.set(station, (maps.get(station) ?? new Set()).add(map));
  return maps;
}
