// @ts-check
// All filters of a layer as pixels, one weight a pixel, side by side in one image or in rows.

import { DIVERGING_PIXELS, levelOf } from "./colours.js";

/** @typedef {import("../types.js").Kernel} Kernel */

/**
 * How a filter's slices lie: one image for gray (1) or colour (3) kernels, else a mosaic of slices.
 * @param {Kernel["shape"]} shape
 */
export function cellOf([height, width, channels]) {
  const colour = channels === 3;
  const columns = colour || channels === 1 ? 1 : Math.ceil(Math.sqrt(channels));
  const rows = colour || channels === 1 ? 1 : Math.ceil(channels / columns);
  const gap = columns > 1 ? 1 : 0;
  return { colour, columns, gap, width: columns * (width + gap) - gap, height: rows * (height + gap) - gap };
}

/**
 * Paints all filters into an image of whole cells, without gaps.
 * @param {Kernel} kernel
 * @param {(filter: number) => number} limitOf
 * @param {number} [columns]  filters in a row of the image; unsaid, all lie in one
 * @param {ImageData} [image]  painted before for such a kernel, to be painted over
 */
export function paintAtlas(
  kernel,
  limitOf,
  columns = kernel.shape[3],
  image = emptyAtlas(kernel.shape, columns),
) {
  const cell = cellOf(kernel.shape);
  const count = kernel.shape[3];
  const limits = new Float64Array(count);
  const places = new Uint32Array(count);
  for (let filter = 0; filter < count; filter++) {
    limits[filter] = limitOf(filter) || 1;
    places[filter] =
      Math.floor(filter / columns) * cell.height * image.width + (filter % columns) * cell.width;
  }
  (cell.colour ? paintColour : paintGray)(image, kernel, limits, cell, places);
  if (!cell.colour) paintUnused(image, kernel.shape, cell, places);
  return image;
}

/**
 * Clear where a last row is left empty; cells of colour are opaque from the start.
 * @param {Kernel["shape"]} shape
 * @param {number} columns
 */
export function emptyAtlas(shape, columns) {
  const { width, height, colour } = cellOf(shape);
  const image = new ImageData(width * columns, height * Math.ceil(shape[3] / columns));
  if (!colour) return image;
  for (let row = 0; row < image.height; row++) {
    const filters = Math.min(columns, shape[3] - Math.floor(row / height) * columns);
    const start = row * image.width * 4;
    image.data.fill(255, start, start + filters * width * 4);
  }
  return image;
}

/**
 * @param {ImageData} image
 * @param {Kernel} kernel
 * @param {Float64Array} limits  of each filter
 * @param {ReturnType<typeof cellOf>} cell
 * @param {Uint32Array} places  the first pixel of each filter
 */
function paintColour(image, { weights, shape }, limits, cell, places) {
  const [height, width, channels, count] = shape;
  const { data } = image;
  for (let slice = 0; slice < height * width * channels; slice++) {
    const place = Math.floor(slice / channels);
    const first = Math.floor(place / width) * image.width + (place % width);
    for (let filter = 0, at = slice * count; filter < count; filter++, at++) {
      data[(first + places[filter]) * 4 + (slice % channels)] =
        127.5 + (127.5 * weights[at]) / limits[filter];
    }
  }
}

/**
 * @param {ImageData} image
 * @param {Kernel} kernel
 * @param {Float64Array} limits  of each filter
 * @param {ReturnType<typeof cellOf>} cell
 * @param {Uint32Array} places  the first pixel of each filter
 */
function paintGray(image, { weights, shape }, limits, cell, places) {
  const [height, width, channels, count] = shape;
  const pixels = new Uint32Array(image.data.buffer);
  // In the order in which weights lie in memory: all filters' first weight, all filters' second.
  for (let slice = 0; slice < height * width * channels; slice++) {
    const channel = slice % channels;
    const place = Math.floor(slice / channels);
    const left = (channel % cell.columns) * (width + cell.gap) + (place % width);
    const top = Math.floor(channel / cell.columns) * (height + cell.gap) + Math.floor(place / width);
    const first = top * image.width + left;
    for (let filter = 0, at = slice * count; filter < count; filter++, at++) {
      pixels[first + places[filter]] = DIVERGING_PIXELS[levelOf(weights[at], limits[filter])];
    }
  }
}

/** Thin gray, which no weight has: on paper a clear place would pass for a slice of zeros. */
const UNUSED = 0x50808080;

/**
 * The places of a mosaic's last row that have no slice.
 * @param {ImageData} image
 * @param {Kernel["shape"]} shape
 * @param {ReturnType<typeof cellOf>} cell
 * @param {Uint32Array} places  the first pixel of each filter
 */
function paintUnused(image, [height, width, channels], { columns, gap }, places) {
  const pixels = new Uint32Array(image.data.buffer);
  for (let slice = channels; slice % columns; slice++) {
    const top = Math.floor(slice / columns) * (height + gap);
    const left = (slice % columns) * (width + gap);
    for (let row = top; row < top + height; row++)
      for (const place of places) {
        const from = place + row * image.width + left;
        pixels.fill(UNUSED, from, from + width);
      }
  }
}

/**
 * The largest |weight| of each filter: the scale when each has its own.
 * @param {Kernel} kernel
 */
export function ownLimits({ weights, shape }) {
  const limits = new Float32Array(shape[3]);
  for (let at = 0; at < weights.length; at++) {
    const size = Math.abs(weights[at]);
    if (size > limits[at % shape[3]]) limits[at % shape[3]] = size;
  }
  return limits;
}
