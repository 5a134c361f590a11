// @ts-check
// Which maps light up with one of them: itself wherever it is passed on, what it feeds, what feeds it.

/**
 * @typedef {import("../words/network.js").Link} Link
 * @typedef {{station: number, map: number}} Spot  a layer's place among all layers, and one of its maps
 * @typedef {{from: Spot, to: Spot, link: Link | null}} Thread  null where a map is passed on as it is
 * @typedef {{spots: Spot[], threads: Thread[]}} Lit
 * @typedef {{name: string, type: string, maps: unknown, count: number,
 *   links: {to: string, outward: Link[][], inward: Link[][]} | null}} Layer  count: maps that are shown
 */

/** These make no new maps: their map 5 is made of map 5 before. */
const PASS_ON = new Set([
  ...["max_pool2d", "average_pool2d", "global_average_pool2d", "batch_normalization"],
  ...["dropout", "flatten"],
]);

/**
 * The layer whose maps these are, before they were pooled or normalised.
 * @param {Layer[]} layers
 * @param {number} station
 */
export function sourceOf(layers, station) {
  let source = station;
  while (source > 0 && PASS_ON.has(layers[source].type)) source -= 1;
  return source;
}

/** @param {Layer[]} layers @param {Spot} spot @returns {Lit} */
export function litBy(layers, spot) {
  const source = sourceOf(layers, spot.station);
  const last = lastOf(layers, source);
  const own = chainOf(layers, source, spot.map);
  const lit = { spots: own, threads: passedOn(own) };
  const before = source > 0 ? lastOf(layers, sourceOf(layers, source - 1), source) : -1;
  const { links } = layers[last];
  add(lit, layers, links?.outward[spot.map], (index) => ({
    from: { station: last, map: spot.map },
    to: { station: layers.findIndex(({ name }) => name === links?.to), map: index },
  }));
  if (before >= 0 && layers[before].links?.to === layers[source].name)
    add(lit, layers, layers[before].links?.inward[spot.map], (index) => ({
      from: { station: before, map: index },
      to: { station: source, map: spot.map },
    }));
  return lit;
}

/** What a map feeds, the strongest first. @param {Layer[]} layers @param {Spot} spot */
export function fedBy(layers, spot) {
  const { links } = layers[lastOf(layers, sourceOf(layers, spot.station))];
  return { to: links?.to ?? null, links: links?.outward[spot.map] ?? [] };
}

/**
 * The last layer with pictures that passes on the maps of `source`.
 * @param {Layer[]} layers
 * @param {number} source
 * @param {number} [end]  before that layer
 */
function lastOf(layers, source, end = layers.length) {
  let last = source;
  for (let at = source + 1; at < end && PASS_ON.has(layers[at].type); at++) if (layers[at].maps) last = at;
  return last;
}

/** @param {Layer[]} layers @param {number} source @param {number} map @returns {Spot[]} */
function chainOf(layers, source, map) {
  const chain = [];
  for (let at = source; at === source || (at < layers.length && PASS_ON.has(layers[at].type)); at++)
    if (layers[at].maps && map < layers[at].count) chain.push({ station: at, map });
  return chain;
}

/** @param {Spot[]} chain @returns {Thread[]} */
const passedOn = (chain) => chain.slice(1).map((to, at) => ({ from: chain[at], to, link: null }));

/**
 * Adds threads whose both ends are shown.
 * @param {Lit} lit
 * @param {Layer[]} layers
 * @param {Link[] | undefined} links
 * @param {(index: number) => {from: Spot, to: Spot}} endsOf
 */
function add(lit, layers, links, endsOf) {
  const isShown = (/** @type {Spot} */ { station, map }) =>
    layers[station]?.maps && map < layers[station].count;
  for (const link of links ?? []) {
    const ends = endsOf(link.index);
    if (!link.length || !isShown(ends.from) || !isShown(ends.to)) continue;
    lit.threads.push({ ...ends, link });
    lit.spots.push(ends.from, ends.to);
  }
}
