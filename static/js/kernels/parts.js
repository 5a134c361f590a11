// @ts-check
// A part of a kernel that is too large to be seen whole: some of its filters, the weightiest of its channels.

/** @typedef {import("../types.js").Kernel} Kernel */

/**
 * Its filters from one on.
 * @param {Kernel} kernel
 * @param {number} from
 * @param {number} count
 * @returns {Kernel}
 */
export function filtersFrom({ shape, weights }, from, count) {
  const [height, width, channels, all] = shape;
  const kept = Math.max(0, Math.min(count, all - from));
  const places = height * width * channels;
  const found = new Float32Array(places * kept);
  for (let place = 0; place < places; place++)
    found.set(weights.subarray(place * all + from, place * all + from + kept), place * kept);
  return { shape: [height, width, channels, kept], weights: found };
}

/**
 * The channels that weigh most, over all filters and places, in their own order.
 * @param {Kernel} kernel
 * @param {number} most
 * @returns {number[]}
 */
export function weightiestChannels({ shape, weights }, most) {
  const [height, width, channels, count] = shape;
  const sums = new Float64Array(channels);
  for (let row = 0, at = 0; row < height * width * channels; row++) {
    let sum = 0;
    for (const end = at + count; at < end; at++) sum += weights[at] * weights[at];
    sums[row % channels] += sum;
  }
  const byWeight = Array.from(sums.keys()).sort((one, other) => sums[other] - sums[one]);
  return byWeight.slice(0, most).sort((one, other) => one - other);
}

/**
 * Those channels alone.
 * @param {Kernel} kernel
 * @param {number[]} chosen
 * @returns {Kernel}
 */
export function channelsOf({ shape, weights }, chosen) {
  const [height, width, channels, count] = shape;
  const found = new Float32Array(height * width * chosen.length * count);
  let to = 0;
  for (let place = 0; place < height * width; place++)
    for (const channel of chosen) {
      const from = (place * channels + channel) * count;
      found.set(weights.subarray(from, from + count), to);
      to += count;
    }
  return { shape: [height, width, chosen.length, count], weights: found };
}
