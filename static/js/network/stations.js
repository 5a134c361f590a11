// @ts-check
// The stations of the line: the picture, each layer, the answers. Built once for a network and a form.

import { paintPicture } from "../pictures/paint.js";
import { make } from "../views/elements.js";
import { grouped } from "../words/numbers.js";
import { costOf, shapeText, shortName, workOf } from "../words/network.js";
import { drawBars, makeBars } from "./answers.js";
import { gridOf, paintArt } from "./art.js";

/**
 * @typedef {import("../words/network.js").Plan} Plan
 * @typedef {import("../types.js").Layer} Layer
 * @typedef {import("./seeing.js").Seen} Seen
 * @typedef {object} Network  as far as it is known without having seen a picture
 * @property {Layer[]} layers
 * @property {Plan[]} plans
 * @property {number[]} picture  shape
 * @property {number} answers  how many classes it names; 0 for none
 *
 * @typedef {object} Station
 * @property {number} layer  its place among all layers; −1 for the picture
 * @property {HTMLElement} element
 * @property {HTMLElement} art
 * @property {import("./art.js").Grid | null} grid  of its maps
 * @property {number} count
 */

const THIN = new Set(["dropout", "flatten"]);
const [MOST_MAPS, MOST_UNITS] = [64, 128];

/**
 * @param {HTMLElement} root
 * @param {Network} network
 * @param {{height: number, turn: (by: number) => void}} look
 * @returns {Station[]}
 */
export function buildStations(root, network, look) {
  const stations = [makePicture(network, look)];
  const pieces = [stations[0].element];
  network.plans.forEach((plan, at) => {
    if (THIN.has(plan.type)) return pieces.push(makeTick(network, at));
    const station = makeStation(network, at, look.height);
    stations.push(station);
    pieces.push(makeArrow(look.height), station.element);
  });
  root.replaceChildren(...pieces);
  return stations;
}

/** @param {Network} network @param {{height: number, turn: (by: number) => void}} look @returns {Station} */
function makePicture({ picture }, { height, turn }) {
  const art = make("canvas", { class: "network-picture", "aria-hidden": "true" });
  art.style.width = art.style.height = `${height}px`;
  const step = (/** @type {string} */ id, /** @type {string} */ sign, /** @type {number} */ by) =>
    make(
      "button",
      {
        ...{ id, type: "button", class: "link", tabIndex: -1, onclick: () => turn(by) },
        "aria-label": by < 0 ? "Previous picture" : "Next picture",
      },
      sign,
    );
  const which = make("span", { id: "network-which" }, "test picture");
  const cost = make(
    "p",
    { class: "network-cost" },
    step("network-back", "‹", -1),
    which,
    step("network-next", "›", 1),
  );
  const element = make(
    "div",
    { class: "network-station" },
    art,
    makeName("Picture", shapeText(picture)),
    cost,
  );
  return { layer: -1, element, art, grid: null, count: 0 };
}

/** @param {Network} network @param {number} at @param {number} height @returns {Station} */
function makeStation({ layers, plans, picture, answers }, at, height) {
  const [layer, plan] = [layers[at], plans[at]];
  const shape = plan.output_shape;
  const names = at === plans.length - 1 && answers > 0;
  const count = Math.min(shape.at(-1) ?? 0, shape.length === 3 ? MOST_MAPS : MOST_UNITS);
  const grid = names ? null : gridOf(count, shape.length === 3 ? Math.max(shape[0], shape[1]) : 0, height);
  const art = names ? makeBars(answers, height) : make("canvas", { "aria-hidden": "true" });
  if (grid) {
    art.style.width = `${grid.columns * grid.pitch}px`;
    art.style.height = `${grid.rows * grid.pitch}px`;
  }
  const frame = make("div", { class: "network-frame" }, art);
  frame.style.height = `${height}px`;
  const more = (shape.at(-1) ?? 0) - count;
  const told = names ? `${answers} answers` : shapeText(shape) + (more ? `, ${grouped(more)} more` : "");
  const work = workOf(layer);
  const cost = costOf(layer, plan, at ? plans[at - 1].output_shape : picture);
  const under = make("p", { class: "network-cost" }, cost);
  if (work) under.prepend(make("span", { class: "network-work" }, `${work}, `));
  const name = makeName(shortName(plan, plans), told);
  const element = make("div", { class: "network-station", "data-layer": String(at) }, frame, name, under);
  element.title = [plan.name, work, cost].filter(Boolean).join(": ");
  return { layer: at, element, art, grid, count };
}

/** @param {string} name @param {string} shape */
const makeName = (name, shape) =>
  make("p", { class: "network-name" }, make("b", {}, name), " ", make("span", {}, shape));

/** @param {number} height */
function makeArrow(height) {
  const arrow = make("span", { class: "network-arrow", "aria-hidden": "true" }, "→");
  arrow.style.lineHeight = `${height}px`;
  return arrow;
}

/** A layer that changes no number that is shown. @param {Network} network @param {number} at */
function makeTick({ layers, plans }, at) {
  const words = `${shortName(plans[at], plans)}: ${workOf(layers[at])}`;
  return make("span", { class: "network-tick", title: words }, make("span", { class: "spoken" }, words));
}

/**
 * @param {Station[]} stations
 * @param {Seen | null} seen  null where nothing was asked yet
 * @param {import("../pictures/test_set.js").Picture | null} picture  shown until then
 * @param {Map<number, Set<number>> | null} lit  maps by layer
 */
export function paintStations(stations, seen, picture, lit) {
  for (const { layer, art, grid } of stations) {
    const [pixels, size] = seen ? [seen.image, seen.shape] : [picture?.pixels, picture?.shape];
    if (layer < 0 && pixels && size) paintPicture(/** @type {HTMLCanvasElement} */ (art), pixels, size);
    else if (!seen) art.classList.add("network-unknown");
    else if (!grid) drawBars(art, seen);
    else {
      const shown = seen.layers[layer];
      art.classList.toggle("network-unknown", !shown.maps);
      paintArt(/** @type {HTMLCanvasElement} */ (art), grid, shown, lit && (lit.get(layer) ?? new Set()));
    }
  }
}
