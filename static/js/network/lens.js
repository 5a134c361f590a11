// @ts-check
// The microscope in place of the filters: one number of a map, and what of each map before it is in it.

import { changeDetails } from "../control/details.js";
import { api } from "../net/api.js";
import { askAtRest } from "../net/asking.js";
import { isLive, isMoving } from "../state/selectors.js";
import { narrowerThan } from "../views/breakpoints.js";
import { byId, make } from "../views/elements.js";
import { fixed } from "../words/numbers.js";
import { addendsOf, headOf, underOf } from "../words/lens.js";
import { paintOne } from "./art.js";
import { examinedIn } from "./examined.js";
import { drawParts } from "./parts.js";
import { inputOf, liveliestPlace } from "./slices.js";

/**
 * @typedef {import("./strip.js").Strip} Strip
 * @typedef {import("./seeing.js").Seen} Seen
 * @typedef {import("./examined.js").Examined} Examined
 * @typedef {import("../net/answers.js").PlaceAnswer} Place
 * @typedef {{run: string, step: number, live: boolean, moving: boolean, question: object,
 *   about: string}} Asked
 */

/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const [WIDTH, NARROW_WIDTH] = [216, 160];
const narrow = narrowerThan("wide");

export class Lens {
  #at = [0, 0];
  #about = "";

  /** @param {Strip} strip @param {HTMLElement} root */
  constructor(strip, root) {
    this.strip = strip;
    this.root = root;
    this.ask = askAtRest(
      {
        about: (/** @type {Asked} */ { about }) => about,
        ask: async (/** @type {Asked} */ { run, step, question, about }) => ({
          ...{ about, seen: /** @type {Seen} */ (strip.seen) },
          place: await api.place(run, step, question),
        }),
      },
      (answer) => this.#hear(answer),
      (error) => (byId("lens-place-under").textContent = error.message),
    );
    byId("lens-place-close").onclick = () => strip.commands.escape();
    byId("lens-place-open").onclick = () => this.#open();
    const map = /** @type {HTMLElement} */ (byId("lens-place-map"));
    map.addEventListener("click", (event) => this.#point(event, map));
    map.addEventListener("keydown", (event) => this.#move(event));
  }

  /** @param {Examined} examined @param {Seen} seen @param {import("../types.js").State} state */
  draw(examined, seen, state) {
    const run = state.run?.id ?? "";
    const layer = seen.layers[examined.layer];
    const [rows, columns] = layer.output_shape;
    const start = liveliestPlace(layer, Math.min(examined.filter, layer.count - 1));
    this.#at = [
      Math.min(examined.row ?? start[0], rows - 1),
      Math.min(examined.column ?? start[1], columns - 1),
    ];
    const [row, column] = this.#at;
    const about = [run, seen.index, layer.name, examined.filter, row, column].join("/");
    this.#about = about;
    const question = { index: seen.index, layer: layer.name, filter: examined.filter, row, column };
    this.ask({ run, step: seen.step, live: isLive(state), moving: isMoving(state), question, about });
    this.#drawMap(layer, examined.filter);
  }

  /** @param {import("./seeing.js").SeenLayer} layer @param {number} filter */
  #drawMap(layer, filter) {
    const [rows, columns] = layer.output_shape;
    const multiple = Math.max(
      1,
      Math.floor((narrow.matches ? NARROW_WIDTH : WIDTH) / Math.max(rows, columns)),
    );
    const canvas = /** @type {HTMLCanvasElement} */ (byId("lens-place-map").querySelector("canvas"));
    paintOne(canvas, layer, filter);
    Object.assign(canvas.style, { width: `${columns * multiple}px`, height: `${rows * multiple}px` });
    const ring = /** @type {HTMLElement} */ (byId("lens-place-map").querySelector(".ring"));
    const [row, column] = this.#at;
    Object.assign(ring.style, {
      ...{ left: `${column * multiple}px`, top: `${row * multiple}px` },
      ...{ width: `${multiple}px`, height: `${multiple}px` },
    });
  }

  /** @param {{place: Place, seen: Seen, about: string}} answer */
  #hear(answer) {
    if (answer.about !== this.#about) return;
    const { place, seen } = answer;
    const at = seen.layers.findIndex(({ name }) => name === place.layer);
    const before = inputOf(seen.layers, at);
    byId("lens-place-head").textContent = headOf(place);
    byId("lens-place-under").textContent = underOf(place, before < 0 ? null : seen.layers[before].name);
    drawParts(byId("lens-place-parts"), place, seen, before);
    const addends = addendsOf(place).map(({ sign, name, value, isAnswer }) =>
      make(
        "span",
        { class: isAnswer ? "term answer" : "term" },
        ...(sign ? [make("span", { class: "sign" }, sign)] : []),
        make("span", { class: "term-name" }, name),
        make("b", {}, fixed(value, 3)),
      ),
    );
    byId("lens-place-sum").replaceChildren(...addends);
    byId("lens-place-said").textContent =
      `row ${place.row}, column ${place.column}: ${fixed(place.output, 3)}`;
    this.root.dataset.step = String(seen.step);
    this.root.dataset.place = answer.about;
  }

  /** All that there is to say of the filter. */
  #open() {
    const { commands, store, network } = this.strip;
    const examined = network && examinedIn(store.state, network.plans);
    if (!examined) return;
    commands.chooseLayer(network.plans[examined.layer].name);
    commands.chooseFilter(examined.filter);
    commands.openFilter();
  }

  /** @param {MouseEvent} event @param {HTMLElement} map */
  #point(event, map) {
    const canvas = /** @type {HTMLCanvasElement} */ (map.querySelector("canvas"));
    const box = canvas.getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / box.height) * canvas.height);
    const column = Math.floor(((event.clientX - box.left) / box.width) * canvas.width);
    this.#choose(row, column);
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const move = MOVES[event.key];
    if (!move || event.shiftKey) return;
    event.preventDefault();
    this.#choose(this.#at[0] + move[0], this.#at[1] + move[1]);
  }

  /** @param {number} row @param {number} column */
  #choose(row, column) {
    if (row < 0 || column < 0) return;
    this.#at = [row, column]; // the next key may come before the next picture
    changeDetails(this.strip.store, { row: String(row), column: String(column) });
  }
}
