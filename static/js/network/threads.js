// @ts-check
// Rings about lit maps, and the threads between them: as wide as the slice is long, coloured by its sign.

import { senseOf } from "../words/network.js";
import { boxOf } from "./art.js";

/** @typedef {import("./stations.js").Station} Station */
/** @typedef {import("./lit.js").Spot} Spot */

const SVG = "http://www.w3.org/2000/svg";
const WIDEST = 4;

/** @param {HTMLElement} root */
export function makeThreads(root) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "network-threads");
  svg.setAttribute("aria-hidden", "true");
  root.append(svg);
  return svg;
}

/**
 * @param {SVGElement} svg
 * @param {Station[]} stations
 * @param {import("./lit.js").Lit | null} lit
 * @param {Spot | null} own  the map that lights the others
 */
export function drawThreads(svg, stations, lit, own) {
  const placed = (/** @type {Spot} */ spot) => placeOf(stations, spot);
  const longest = Math.max(1e-12, ...(lit?.threads ?? []).map(({ link }) => link?.length ?? 0));
  const paths = (lit?.threads ?? []).flatMap(({ from, to, link }) => {
    const [start, end] = [placed(from), placed(to)];
    if (!start || !end) return [];
    const width = link ? Math.max(1, (WIDEST * link.length) / longest) : 1;
    return [pathBetween(start, end, width, link ? senseOf(link) : "same")];
  });
  const rings = (lit?.spots ?? []).flatMap((spot) => {
    const box = placed(spot);
    const isOwn = own !== null && spot.station === own.station && spot.map === own.map;
    return box ? [ringAbout(box, isOwn)] : [];
  });
  svg.replaceChildren(...paths, ...rings);
}

/** Where a map lies in the line. @param {Station[]} stations @param {Spot} spot */
function placeOf(stations, { station, map }) {
  const found = stations.find(({ layer }) => layer === station);
  if (!found) return null;
  const { art, grid } = found;
  if (!grid) return barAt(art.children[map]);
  const box = boxOf(grid, map);
  return { left: art.offsetLeft + box.left, top: art.offsetTop + box.top, width: box.size, height: box.size };
}

/** @param {Element | undefined} bar */
function barAt(bar) {
  const track = bar?.children[1];
  if (!(bar instanceof HTMLElement) || !(track instanceof HTMLElement)) return null;
  return {
    left: bar.offsetLeft + track.offsetLeft,
    top: bar.offsetTop,
    width: track.offsetWidth,
    height: bar.offsetHeight,
  };
}

/** @typedef {{left: number, top: number, width: number, height: number}} Place */

/** @param {Place} start @param {Place} end @param {number} width @param {string} sense */
function pathBetween(start, end, width, sense) {
  const [x0, y0] = [start.left + start.width, start.top + start.height / 2];
  const [x1, y1] = [end.left, end.top + end.height / 2];
  const bend = Math.max(8, (x1 - x0) / 2);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", `M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`);
  path.setAttribute("class", `network-thread ${sense}`);
  path.style.strokeWidth = `${width}px`;
  return path;
}

/** @param {Place} box @param {boolean} isOwn */
function ringAbout({ left, top, width, height }, isOwn) {
  const ring = document.createElementNS(SVG, "rect");
  const sides = { x: left - 1, y: top - 1, width: width + 2, height: height + 2 };
  for (const [name, value] of Object.entries(sides)) ring.setAttribute(name, String(value));
  ring.setAttribute("class", isOwn ? "network-ring own" : "network-ring");
  return ring;
}
