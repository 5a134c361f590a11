// @ts-check
// The link in the address bar: run, step, layer, filter, how they are
// shown, scene, and what that scene alone knows.

import { ROOT } from "./root.js";

/**
 * @typedef {{run: string | null, step: number | null, layer: string | null, filter: number | null,
 *   mode: "weights" | "difference", scale: "shared" | "own", scene: string, details: Record<string, string>,
 *   tour?: number | null, follow?: boolean, choice?: Said}} Place
 * @typedef {{preset: string | null, settings: Record<string, string>}} Said  what is to be trained, before
 *   it is: an experiment, and settings by the dotted path that a recipe has for them
 */

const SHARED = ["step", "layer", "filter", "mode", "scale", "view", "tour", "follow"];
/** What the live view knows: a page of filters; the network's picture, and the map under the microscope. */
const LIVE = new Set(["picture", "map", "row", "column", "page"]);

/** Details of their own in the scenes that say settings as they are. @type {Record<string, Set<string>>} */
const OWN = { live: LIVE, build: new Set(["block", "part"]) };
/** The fields of a recipe; elsewhere `recipe.` stands before those that have no dot. */
export const FIELDS = [
  ...["name", "dataset", "own", "scaling", "pixels", "labels", "objective", "layers"],
  ...["without", "optimizer", "batch_size", "steps", "epochs", "seed", "data_seed"],
];
const PREFIX = "recipe.";

/** @param {Location | URL} location @returns {Place} */
export function readPlace(location) {
  const path = location.pathname.startsWith(ROOT) ? location.pathname.slice(ROOT.length) : "";
  const found = /^runs\/([^/]+)\/?$/.exec(path);
  const query = new URLSearchParams(location.search);
  const filter = natural(query.get("filter"));
  const scene = query.get("view") ?? "live";
  const choice = found ? null : saidIn(query, scene);
  return {
    run: found ? decodeURIComponent(found[1]) : null,
    step: natural(query.get("step")),
    layer: query.get("layer"),
    filter: filter === null || filter < 1 ? null : filter - 1,
    mode: query.get("mode") === "difference" ? "difference" : "weights",
    scale: query.get("scale") === "own" ? "own" : "shared",
    scene,
    tour: natural(query.get("tour")),
    follow: query.get("follow") === "1",
    details: Object.fromEntries(
      [...query].filter(([name]) => !SHARED.includes(name) && !(choice && isOfChoice(name, scene, query))),
    ),
    ...(choice ? { choice } : {}),
  };
}

/** @param {URLSearchParams} query @param {string} scene @returns {Said | null} */
function saidIn(query, scene) {
  const names = [...query.keys()].filter((name) => isOfChoice(name, scene, query));
  if (!names.length) return null;
  const settings = names
    .filter((name) => name !== "preset")
    .map((name) => [name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name, query.get(name)]);
  return { preset: query.get("preset"), settings: Object.fromEntries(settings) };
}

/** @param {string} name @param {string} scene @param {URLSearchParams} query */
function isOfChoice(name, scene, query) {
  if (name === "preset" || name.includes(".")) return true;
  if (!(scene in OWN) || OWN[scene].has(name) || SHARED.includes(name) || name === "token") return false;
  return FIELDS.includes(name) || query.has("preset"); // what isn't a field is said to be none
}

/** @param {URLSearchParams} query @param {Place} place */
function sayChoice(query, { choice, scene }) {
  if (!choice) return;
  if (choice.preset !== null) query.set("preset", choice.preset);
  for (const [path, text] of Object.entries(choice.settings))
    query.set(path.includes(".") || scene in OWN ? path : PREFIX + path, text);
}

/** @param {Place} place */
export function linkTo(place) {
  const query = new URLSearchParams();
  if (place.run === null) sayChoice(query, place);
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
