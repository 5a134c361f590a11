// @ts-check
// What a filter does with real pictures: the pieces that excite it most, and where it fires in one.

import { knows } from "../../state/known.js";
import { Changes } from "../../views/changes.js";
import { byId, make, write } from "../../views/elements.js";
import { fixed, grouped } from "../../words/numbers.js";
import { showBytes, showNumbers } from "./pictures.js";
import { placeUnder, showStrongest, showWindow, sightOf } from "./sight.js";
import { pictureOf } from "./subject.js";

/**
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {import("./answers.js").Told} Told
 * @typedef {import("./sight.js").Sight} Sight
 */

const PATCH = 74;
const PICTURE = 132;
const MAP = 124; // both stand side by side in the narrowest column that has them so

export class Sees {
  #changes = new Changes();
  /** @type {Sight | null} */
  #map = null;

  /** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    this.number = byId("filter-number");
    this.number.onchange = () => this.#choose(Math.floor(Number(this.number.value)) || 0);
    byId("filter-picture-before").onclick = () => this.#choose(pictureOf(store.state) - 1);
    byId("filter-picture-next").onclick = () => this.#choose(pictureOf(store.state) + 1);
    const canvas = byId("filter-map");
    canvas.onpointermove = (/** @type {PointerEvent} */ event) =>
      this.#map && showWindow(this.#map, ...placeUnder(event, canvas, this.#map));
    canvas.onpointerleave = () => this.#map && showStrongest(this.#map);
  }

  /** @param {Subject} subject @param {Told} told */
  draw(subject, told) {
    const { state } = this.store;
    if (document.activeElement !== this.number) this.number.value = String(pictureOf(state));
    const { layer } = subject.frame;
    const { filter, seen } = told;
    if (!this.#changes.found(layer, subject.filter, filter.value, seen.value, seen.error, state.run?.id))
      return;
    this.number.closest(".choose").hidden = !knows(state, "data");
    drawPatches(filter.value, state.run !== null, (picture) => this.#choose(picture));
    this.#map = drawMap(subject, told);
  }

  /** @param {number} picture */
  #choose(picture) {
    this.commands.chooseDetails({ picture: String(Math.max(0, picture)) });
  }
}

/**
 * @param {import("./answers.js").FilterAnswer | null} answer
 * @param {boolean} isAsked
 * @param {(picture: number) => void} choose
 */
function drawPatches(answer, isAsked, choose) {
  const root = byId("filter-patches");
  if (!answer?.patches) {
    const waits = isAsked ? "Looking through the test pictures…" : "Known once training has begun.";
    write(byId("filter-excites-words"), answer?.reason ?? waits);
    return root.replaceChildren();
  }
  const { images, image, activation, pixels } = answer.patches;
  write(
    byId("filter-excites-words"),
    `The nine pieces of the first ${grouped(images)} test pictures with the strongest answer.`,
  );
  const [, ...shape] = pixels.shape;
  const size = shape.reduce((product, length) => product * length, 1);
  const patches = image.map((index, at) => {
    const patch = pixels.values.subarray(at * size, (at + 1) * size);
    return makePatch(patch, shape, `Test picture ${index}, answer ${fixed(activation[at])}`, () =>
      choose(index),
    );
  });
  root.replaceChildren(...patches);
}

/** @param {Uint8Array} pixels @param {number[]} shape @param {string} words @param {() => void} onclick */
function makePatch(pixels, shape, words, onclick) {
  const canvas = make("canvas");
  showBytes(canvas, pixels, shape, PATCH);
  const label = `${words}: show where it fires`;
  return make("button", { type: "button", "aria-label": label, title: words, onclick }, canvas);
}

/** @param {Subject} subject @param {Told} told @returns {Sight | null} */
function drawMap({ frame, filter }, told) {
  const { value, error } = told.seen;
  const maps = value?.maps[frame.layer];
  byId("filter-map").closest(".fires").classList.toggle("empty", !maps);
  if (error) write(byId("filter-picture-words"), error.message);
  if (!value || !maps || error) return null;
  const { index, image, name } = value;
  showBytes(byId("filter-picture"), image.values, image.shape, PICTURE);
  byId("filter-picture").setAttribute("aria-label", `Test picture ${index}`);
  byId("filter-map").setAttribute("aria-label", `Answers of filter ${filter + 1} to it`);
  write(byId("filter-picture-words"), name === null ? `picture ${index}` : `picture ${index}: ${name}`);
  const known = told.filter.value;
  const field = known?.layer === frame.layer ? known.receptive_field : null;
  const map = sightOf(maps, filter, field, image.shape);
  showNumbers(byId("filter-map"), map.answers, map.rows, map.columns, MAP);
  showStrongest(map);
  return map;
}
