// @ts-check
// One answer of a filter taken apart by the maps it listens to: a sum for each, the strongest first.

/**
 * @typedef {import("../net/answers.js").PlaceAnswer} Place
 * @typedef {{channel: number, sum: number}} Part
 * @typedef {{strongest: Part[], others: {count: number, sum: number}}} Parts
 */

/**
 * @param {number[][][]} products  rows, columns, channels
 * @param {number} most  that are told one by one
 * @returns {Parts}
 */
export function partsOf(products, most) {
  const channels = products[0]?.[0]?.length ?? 0;
  const sums = new Float64Array(channels);
  for (const row of products)
    for (const cell of row) cell.forEach((product, channel) => (sums[channel] += product));
  const parts = Array.from(sums, (sum, channel) => ({ channel, sum }));
  parts.sort((one, other) => Math.abs(other.sum) - Math.abs(one.sum) || one.channel - other.channel);
  const others = parts.slice(most);
  return {
    strongest: parts.slice(0, most),
    others: { count: others.length, sum: others.reduce((total, { sum }) => total + sum, 0) },
  };
}

/** One channel of a cube. @param {number[][][]} cube @param {number} channel */
export const planeOf = (cube, channel) => cube.map((row) => row.map((cell) => cell[channel]));

/**
 * Where a map answers most, to begin with.
 * @param {import("./seeing.js").SeenLayer} layer
 * @param {number} map
 * @returns {[number, number]}
 */
export function liveliestPlace({ maps, count, signed }, map) {
  if (!maps) return [0, 0];
  const sizeAt = (/** @type {number} */ place) => {
    const byte = maps.bytes[place * count + map];
    return signed ? Math.abs(byte - 128) : byte;
  };
  const [rows, columns] = maps.shape;
  let best = Math.floor(rows / 2) * columns + Math.floor(columns / 2);
  for (let place = 0; place < rows * columns; place++) if (sizeAt(place) > sizeAt(best)) best = place;
  return [Math.floor(best / columns), best % columns];
}

/**
 * The layer whose maps a layer is laid over; −1: the picture.
 * @param {import("./seeing.js").SeenLayer[]} layers
 * @param {number} at
 */
export function inputOf(layers, at) {
  let before = at - 1;
  while (before >= 0 && layers[before].type === "dropout") before -= 1;
  return before;
}
