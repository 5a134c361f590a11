// @ts-check
// The link in the address bar: run, step, layer, filter, scene, and what that scene alone knows.

/**
 * @typedef {{run: string | null, step: number | null, layer: string | null, filter: number | null,
 *   scene: string, details: Record<string, string>}} Place
 */

const SHARED = ["step", "layer", "filter", "view"];

/** @param {Location | URL} location @returns {Place} */
export function readPlace(location) {
  const found = /^\/runs\/([^/]+)\/?$/.exec(location.pathname);
  const query = new URLSearchParams(location.search);
  const filter = natural(query.get("filter"));
  return {
    run: found ? decodeURIComponent(found[1]) : null,
    step: natural(query.get("step")),
    layer: query.get("layer"),
    filter: filter === null || filter < 1 ? null : filter - 1,
    scene: query.get("view") ?? "live",
    details: Object.fromEntries([...query].filter(([name]) => !SHARED.includes(name))),
  };
}

/** @param {Place} place */
export function linkTo(place) {
  const query = new URLSearchParams();
  if (place.step !== null) query.set("step", String(place.step));
  if (place.layer !== null) query.set("layer", place.layer);
  if (place.filter !== null) query.set("filter", String(place.filter + 1));
  if (place.scene !== "live") query.set("view", place.scene);
  if (place.scene !== "live") for (const [name, value] of Object.entries(place.details).sort()) query.set(name, value);
  const path = place.run === null ? "/" : `/runs/${encodeURIComponent(place.run)}`;
  return query.size ? `${path}?${query}` : path;
}

/** @param {string | null} text */
function natural(text) {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
