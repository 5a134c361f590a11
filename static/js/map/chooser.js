// @ts-check
// Which setting goes down and which across, at which value of a third, and what is shown; with the scale.

import { capital } from "../words/numbers.js";
import { make } from "../views/elements.js";
import { diverged, layoutOf } from "./model.js";
import { MEASURES } from "./words.js";

/**
 * @typedef {import("./model.js").Measure} Measure
 * @typedef {import("./model.js").Sweep} Sweep
 * @typedef {{down?: string, across?: string, slice?: string, shown?: string}} Choice  as an address says it
 */

/** @param {string | undefined} text */
const numberOf = (text) => (text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : undefined);

/** @param {Choice} choice @param {number} axes */
export const layoutIn = ({ down, across, slice }, axes) =>
  layoutOf(axes, { down: numberOf(down), across: numberOf(across), slice: numberOf(slice) });

/** What there is to be seen. @param {Sweep} sweep @returns {Measure[]} */
export function measuresOf({ cells }) {
  const all = /** @type {Measure[]} */ (Object.keys(MEASURES));
  const known = all.filter((name) => cells.some(({ seeds }) => seeds.some((seed) => seed[name] !== null)));
  return known.length ? known : ["edges"];
}

/** @param {Choice} choice @param {Sweep} sweep @returns {Measure} */
export function measureIn({ shown }, sweep) {
  const known = measuresOf(sweep);
  return known.find((name) => name === shown) ?? known[0];
}

/**
 * Writes the selects and the legend.
 * @param {HTMLElement} root
 * @param {Sweep} sweep
 * @param {Choice} choice
 * @param {(choice: Choice) => void} choose
 */
export function drawChooser(root, sweep, choice, choose) {
  const { axes } = sweep;
  const layout = layoutIn(choice, axes.length);
  const measure = measureIn(choice, sweep);
  const measures = measuresOf(sweep);
  const isBroken = sweep.cells.some((cell) => cell.seeds.some(diverged));
  const key = JSON.stringify([sweep.id, layout, measure, measures, isBroken, sweep.seeds.length]);
  if (root.dataset.key === key) return;
  root.dataset.key = key;
  const focused = document.activeElement instanceof HTMLSelectElement ? document.activeElement.name : "";
  const ways = [...wayParts(axes, layout, choose), ...sliceParts(axes, layout, choose)];
  const names = measures.map((name) => [name, MEASURES[name].title]);
  const shown = select("Shown", names, measure, (to) => choose({ shown: to }));
  root.replaceChildren(...ways, shown, makeLegend(measure, sweep.seeds.length, isBroken));
  const again = focused && root.querySelector(`select[name="${CSS.escape(focused)}"]`);
  if (again instanceof HTMLElement) again.focus();
}

/**
 * @typedef {import("./model.js").Axis} Axis
 * @typedef {import("./model.js").Layout} Layout
 * @typedef {(choice: Choice) => void} Choose
 */

/** A layer's name stays as it is. @param {string} title */
const titled = (title) => (title.includes("_") ? title : capital(title));

/** Which goes down and which across. @param {Axis[]} axes @param {Layout} layout @param {Choose} choose */
function wayParts(axes, layout, choose) {
  if (layout.down === null) return [];
  const titles = axes.map(({ title }, axis) => [String(axis), titled(title)]);
  return [
    select("Down", titles, String(layout.down), (to) => choose(swapped(layout, "down", to))),
    select("Across", titles, String(layout.across), (to) => choose(swapped(layout, "across", to))),
  ];
}

/** All values of the third, each a small map, or at which of them one looks. @param {Axis[]} axes
 * @param {Layout} layout @param {Choose} choose */
function sliceParts(axes, { third, slice }, choose) {
  if (third === null) return [];
  const { title, words, values } = axes[third];
  const options = [["", "All, side by side"], ...words.map((one, at) => [String(at), one])];
  const value = slice === null ? "" : String(Math.min(slice, values.length - 1));
  return [select(titled(title), options, value, (to) => choose({ slice: to }))];
}

/** Two settings change places rather than lie on each other. @param {import("./model.js").Layout} layout
 * @param {"down" | "across"} way @param {string} axis */
function swapped({ down, across }, way, axis) {
  const before = { down: String(down), across: String(across) };
  const other = way === "down" ? "across" : "down";
  return { ...before, [way]: axis, ...(before[other] === axis ? { [other]: before[way] } : {}), slice: "" };
}

/**
 * @param {string} label
 * @param {string[][]} options  value and words
 * @param {string} value
 * @param {(value: string) => void} tell
 */
function select(label, options, value, tell) {
  const choices = options.map(([one, words]) => make("option", { value: one }, words));
  const root = make("select", { name: label }, ...choices);
  root.value = value;
  root.onchange = () => tell(root.value);
  return make("label", {}, make("span", { class: "quiet" }, label), root);
}

/** @param {Measure} measure @param {number} seeds @param {boolean} isBroken  some run diverged */
function makeLegend(measure, seeds, isBroken) {
  const [low, high] = measure === "score" ? ["0", "1"] : ["0 %", "100 %"];
  const scale = make("span", { class: "map-scale" }, low, make("i"), high);
  const rings = make(
    "span",
    { class: "map-legend-rings" },
    seeds > 1 ? "one ring a seed" : "the ring is its one seed",
  );
  const crossed = isBroken ? [make("span", {}, "✕ diverged")] : [];
  return make("p", { class: "quiet map-legend" }, scale, rings, ...crossed);
}
