// @ts-check
// All filters of a layer as pixels, one weight a pixel, side by side in one image.

import { DIVERGING, levelOf } from "./colours.js";

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
 * Paints all filters into an image of filters · cell width by cell height.
 * @param {Kernel} kernel
 * @param {(filter: number) => number} limitOf
 * @param {Float32Array | null} origin  subtracted where given
 */
export function paintAtlas(kernel, limitOf, origin) {
  const cell = cellOf(kernel.shape);
  const count = kernel.shape[3];
  const image = new ImageData(cell.width * count, cell.height);
  for (let filter = 0; filter < count; filter++) {
    const paint = cell.colour ? paintColour : paintGray;
    paint(image, kernel, filter, limitOf(filter) || 1, origin, cell);
  }
  return image;
}

/**
 * @param {ImageData} image
 * @param {Kernel} kernel
 * @param {number} filter
 * @param {number} limit
 * @param {Float32Array | null} origin
 * @param {ReturnType<typeof cellOf>} cell
 */
function paintColour(image, { weights, shape }, filter, limit, origin, cell) {
  const [height, width, channels, count] = shape;
  const { data } = image;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const to = (row * image.width + filter * cell.width + column) * 4;
      for (let channel = 0; channel < 3; channel++) {
        const at = ((row * width + column) * channels + channel) * count + filter;
        const weight = origin ? weights[at] - origin[at] : weights[at];
        data[to + channel] = 127.5 + (127.5 * weight) / limit;
      }
      data[to + 3] = 255;
    }
  }
}

/**
 * @param {ImageData} image
 * @param {Kernel} kernel
 * @param {number} filter
 * @param {number} limit
 * @param {Float32Array | null} origin
 * @param {ReturnType<typeof cellOf>} cell
 */
function paintGray(image, { weights, shape }, filter, limit, origin, cell) {
  const [height, width, channels, count] = shape;
  const { data } = image;
  for (let channel = 0; channel < channels; channel++) {
    const left = filter * cell.width + (channel % cell.columns) * (width + cell.gap);
    const top = Math.floor(channel / cell.columns) * (height + cell.gap);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const at = ((row * width + column) * channels + channel) * count + filter;
        const level = levelOf(origin ? weights[at] - origin[at] : weights[at], limit) * 3;
        const to = ((top + row) * image.width + left + column) * 4;
        data[to] = DIVERGING[level];
        data[to + 1] = DIVERGING[level + 1];
        data[to + 2] = DIVERGING[level + 2];
        data[to + 3] = 255;
      }
    }
  }
}

/**
 * The largest |weight| of each filter: the scale when each has its own.
 * @param {Kernel} kernel
 * @param {Float32Array | null} origin
 */
export function ownLimits({ weights, shape }, origin) {
  const limits = new Float32Array(shape[3]);
  for (let at = 0; at < weights.length; at++) {
    const size = Math.abs(origin ? weights[at] - origin[at] : weights[at]);
    if (size > limits[at % shape[3]]) limits[at % shape[3]] = size;
  }
  return limits;
}
