// @ts-check
// The link in the address bar: run, step, layer, filter, how they are
// shown, scene, and what that scene alone knows.

import { ROOT } from "./root.js";

/**
 * @typedef {{run: string | null, step: number | null, layer: string | null, filter: number | null,
 *   mode: "weights" | "difference", scale: "shared" | "own", scene: string, details: Record<string, string>,
 *   tour?: number | null, follow?: boolean}} Place
 */

const SHARED = ["step", "layer", "filter", "mode", "scale", "view", "tour", "follow"];
/** What the live view knows: a page of filters; the network's picture, and the map under the microscope. */
const LIVE = new Set(["picture", "map", "row", "column", "page"]);

/** @param {Location | URL} location @returns {Place} */
export function readPlace(location) {
  const path = location.pathname.startsWith(ROOT) ? location.pathname.slice(ROOT.length) : "";
  const found = /^runs\/([^/]+)\/?$/.exec(path);
  const query = new URLSearchParams(location.search);
  const filter = natural(query.get("filter"));
  return {
    run: found ? decodeURIComponent(found[1]) : null,
    step: natural(query.get("step")),
    layer: query.get("layer"),
    filter: filter === null || filter < 1 ? null : filter - 1,
    mode: query.get("mode") === "difference" ? "difference" : "weights",
    scale: query.get("scale") === "own" ? "own" : "shared",
    scene: query.get("view") ?? "live",
    tour: natural(query.get("tour")),
    follow: query.get("follow") === "1",
    details: Object.fromEntries([...query].filter(([name]) => !SHARED.includes(name))),
  };
}

/** @param {Place} place */
export function linkTo(place) {
  const query = new URLSearchParams();
  if (place.step !== null) query.set("step", String(place.step));
  if (place.layer !== null) query.set("layer", place.layer);
  if (place.filter !== null) query.set("filter", String(place.filter + 1));
  if (place.mode !== "weights") query.set("mode", place.mode);
  if (place.scale !== "shared") query.set("scale", place.scale);
  if (place.scene !== "live") query.set("view", place.scene);
  for (const [name, value] of Object.entries(place.details).sort())
    if (place.scene !== "live" || LIVE.has(name)) query.set(name, value);
  if (place.tour) query.set("tour", String(place.tour));
  if (place.follow) query.set("follow", "1");
  const path = place.run === null ? ROOT : `${ROOT}runs/${encodeURIComponent(place.run)}`;
  const asked = query.toString(); // its `size` is younger than browsers that people have
  return asked ? `${path}?${asked}` : path;
}

/** @param {string | null} text */
function natural(text) {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
