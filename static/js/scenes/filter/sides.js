// @ts-check
// What lies on either side of an edge, or within a line, in plain words for colours.

/** @typedef {import("../../types.js").Kernel} Kernel */

const HUES = ["red", "yellow", "green", "blue-green", "blue", "purple"];
/** Brightness counts as the colour where it is so much stronger than the hue. */
const PLAIN = 1.2;
/** As shares of the filter's size: how wide the bands compared are, how far from the middle, how exactly. */
const [BAND, FARTHEST, PACE] = [0.25, 0.35, 0.05];

/**
 * “A dark line on bright”: the line is what its ideal has in the middle, in the filter's own colours.
 * @param {Kernel} kernel  of one filter
 * @param {ArrayLike<number>} ideal  the line that fits best, pixel by pixel, bright in the middle
 */
export function lineOn({ shape: [, , channels], weights }, ideal) {
  const along = new Float64Array(channels);
  weights.forEach((weight, at) => (along[at % channels] += weight * ideal[Math.floor(at / channels)]));
  const [line, ground] = namesOf(
    along,
    along.map((amount) => -amount),
  );
  return `A ${line} line on ${ground}`;
}

/**
 * “Red above, blue-green below”, told of where the contrast across an edge is strongest.
 * @param {Kernel} kernel  of one filter
 * @param {number} degrees  where it runs, counter-clockwise from the horizontal
 */
export function sides({ shape: [height, width, channels], weights }, degrees) {
  const angle = (degrees * Math.PI) / 180;
  /** Pixels from the middle line, above it or left of it. */
  const beyond = Float64Array.from({ length: height * width }, (_, at) => {
    const [row, column] = [Math.floor(at / width) - (height - 1) / 2, (at % width) - (width - 1) / 2];
    return -column * Math.sin(angle) - row * Math.cos(angle);
  });
  const mean = (/** @type {(distance: number) => boolean} */ inside) => {
    const sum = new Float64Array(channels);
    const places = beyond.reduce((count, distance, at) => {
      if (!inside(distance)) return count;
      for (let channel = 0; channel < channels; channel++) sum[channel] += weights[at * channels + channel];
      return count + 1;
    }, 0);
    return { colour: sum.map((total) => total / (places || 1)), places };
  };
  const band = BAND * width;
  const bandsAt = (/** @type {number} */ at) => [
    mean((far) => far > at && far <= at + band),
    mean((far) => far < at && far >= at - band),
  ];
  const [first, second] = namesOf(...strongest(bandsAt, width));
  const lies = Math.abs(Math.cos(angle)) > 0.5;
  const words = lies ? ["above", "below"] : ["on the left", "on the right"];
  // Of a line that falls to the right, the positive side is the one below.
  const [one, other] = lies && Math.cos(angle) < 0 ? [second, first] : [first, second];
  return `${one.charAt(0).toUpperCase()}${one.slice(1)} ${words[0]}, ${other} ${words[1]}`;
}

/**
 * The two bands that differ most, each of them at least half as long as the filter.
 * @param {(at: number) => {colour: Float64Array, places: number}[]} bandsAt
 * @param {number} width
 * @returns {[Float64Array, Float64Array]}
 */
function strongest(bandsAt, width) {
  let best = { contrast: -1, one: bandsAt(0)[0].colour, other: bandsAt(0)[1].colour };
  for (let share = -FARTHEST; share <= FARTHEST; share += PACE) {
    const [one, other] = bandsAt(share * width);
    const contrast = Math.hypot(...one.colour.map((value, at) => value - other.colour[at]));
    const long = Math.min(one.places, other.places) >= width / 2;
    if (long && contrast > best.contrast) best = { contrast, one: one.colour, other: other.colour };
  }
  return [best.one, best.other];
}

/**
 * Two names; where both would be the same, which one is brighter.
 * @param {Float64Array} one
 * @param {Float64Array} other
 */
function namesOf(one, other) {
  const names = [nameOf(one), nameOf(other)];
  if (names[0] !== names[1]) return names;
  const sum = (/** @type {Float64Array} */ colour) => colour.reduce((total, value) => total + value, 0);
  return sum(one) > sum(other) ? ["brighter", "darker"] : ["darker", "brighter"];
}

/** @param {Float64Array} colour */
function nameOf(colour) {
  const mean = colour.reduce((sum, value) => sum + value, 0) / colour.length;
  const hue = colour.map((value) => value - mean);
  const size = Math.hypot(...hue);
  if (colour.length !== 3 || Math.abs(mean) * Math.sqrt(3) >= PLAIN * size)
    return mean > 0 ? "bright" : "dark";
  const [red, green, blue] = hue;
  const turn = Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue);
  return HUES[Math.round(((turn / (2 * Math.PI) + 1) % 1) * 6) % 6];
}
