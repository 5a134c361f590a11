// @ts-check
// Pointer and keys in the line of pictures.

import { changeDetails } from "../control/details.js";
import { streamedLayer } from "../state/run.js";
import { byId } from "../views/elements.js";
import { mapAt } from "./art.js";

/**
 * @typedef {import("./strip.js").Strip} Strip
 * @typedef {import("./lit.js").Spot} Spot
 */

/** @param {Strip} strip */
export function listenToStrip(strip) {
  const root = /** @type {HTMLElement} */ (byId("network-strip"));
  const tellMore = () =>
    root.classList.toggle("goes-on", root.scrollLeft + root.clientWidth < root.scrollWidth - 2);
  root.addEventListener("scroll", tellMore);
  new ResizeObserver(tellMore).observe(byId("network-stations"));
  root.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse") point(strip, spotUnder(strip, event));
  });
  root.addEventListener("pointerleave", () => point(strip, null));
  root.addEventListener("click", (event) => press(strip, event));
  root.addEventListener("keydown", (event) => moveByKey(strip, event));
  root.addEventListener("focus", () => focus(strip, strip.focused ?? firstOf(strip)));
  root.addEventListener("blur", () => focus(strip, null));
}

/** @param {Strip} strip @param {MouseEvent} event @returns {Spot | null} */
function spotUnder({ stations }, event) {
  for (const { art, grid, count, layer } of stations) {
    const box = art.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    if (x < 0 || y < 0 || x >= box.width || y >= box.height || layer < 0) continue;
    const map = grid
      ? mapAt(grid, count, x, y)
      : Math.min(art.children.length - 1, Math.floor((y / box.height) * art.children.length));
    if (map !== null) return { station: layer, map };
  }
  return null;
}

/** @param {Strip} strip @param {Spot | null} spot */
function point(strip, spot) {
  if (spot?.station === strip.pointed?.station && spot?.map === strip.pointed?.map) return;
  strip.pointed = spot;
  tellMontage(strip, spot);
  strip.draw();
}

/** @param {Strip} strip @param {Spot | null} spot */
function focus(strip, spot) {
  strip.focused = spot;
  tellMontage(strip, spot);
  strip.draw();
}

/** The tile of the same filter is ringed too. @param {Strip} strip @param {Spot | null} spot */
function tellMontage({ store, network }, spot) {
  const { state } = store;
  const shown = state.view.layer ?? streamedLayer(state);
  const isShown = spot && network?.plans[spot.station]?.name === shown;
  store.dispatch({ type: "filter_hovered", filter: isShown ? spot.map : null });
}

/** A finger, which can't point, lights a map first. @param {Strip} strip @param {MouseEvent} event */
function press(strip, event) {
  if (strip.stations[0]?.art === event.target) return strip.turn(1);
  const spot = spotUnder(strip, event);
  const before = strip.pointed;
  const isTouch = event instanceof PointerEvent && event.pointerType === "touch";
  if (isTouch && spot && (before?.station !== spot.station || before.map !== spot.map))
    return point(strip, spot);
  if (spot) open(strip, spot);
}

/** @param {Strip} strip @param {Spot} spot */
export function open({ store, network, seen }, { station, map }) {
  const plan = network?.plans[station];
  if (!seen || plan?.type !== "conv2d") return;
  changeDetails(store, { map: `${plan.name}.${map + 1}`, row: "", column: "" });
}

/** @param {Strip} strip @returns {Spot | null} */
const firstOf = ({ stations }) => (stations[1] ? { station: stations[1].layer, map: 0 } : null);

/** @param {Strip} strip @param {KeyboardEvent} event */
function moveByKey(strip, event) {
  if (
    event.target !== event.currentTarget ||
    event.shiftKey ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey
  )
    return;
  const here = strip.focused;
  if (!here) return;
  if (event.key === "Enter") {
    event.preventDefault();
    return open(strip, here);
  }
  const next = nextFrom(strip, here, event.key);
  if (!next) return;
  event.preventDefault();
  focus(strip, next);
  strip.stations
    .find(({ layer }) => layer === next.station)
    ?.element.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** @param {Strip} strip @param {Spot} here @param {string} key @returns {Spot | null} */
function nextFrom({ stations }, { station, map }, key) {
  const at = stations.findIndex(({ layer }) => layer === station);
  const countOf = (/** @type {number} */ index) =>
    stations[index].grid ? stations[index].count : stations[index].art.children.length;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (step) {
    const next = Math.max(1, Math.min(stations.length - 1, at + step));
    return { station: stations[next].layer, map: Math.min(map, countOf(next) - 1) };
  }
  const last = countOf(at) - 1;
  /** @type {Record<string, number>} */
  const maps = { ArrowUp: Math.max(0, map - 1), ArrowDown: Math.min(last, map + 1), Home: 0, End: last };
  return key in maps ? { station, map: maps[key] } : null;
}
