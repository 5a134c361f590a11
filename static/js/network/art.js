// @ts-check
// A layer's maps as one picture: where each lies, and its bytes as pixels.

import { colourOf, markMaps } from "../pictures/paint.js";

/**
 * @typedef {{columns: number, rows: number, pitch: number, size: number}} Grid  in CSS pixels
 * @typedef {{left: number, top: number, size: number}} Box
 */

const MANY_UNITS = 64;
const SMALLEST = 7;
const ROOMY = 60;
const FEW_PLACES = 12;
const apart = document.createElement("canvas");

/**
 * Eight in a row of 32, sixteen in one of 64; so that place means the same filter in each layer. A map
 * that has few places takes less room.
 * @param {number} count
 * @param {number} places  along a side of a map; 0: each is one number
 * @param {number} height
 * @returns {Grid}
 */
export function gridOf(count, places, height) {
  const isRoomy = height > ROOMY;
  const isCrowded = !places && count > MANY_UNITS;
  const rows = isCrowded ? Math.floor(height / SMALLEST) : rowsOf(count, isRoomy && places <= FEW_PLACES);
  const enlarged = isRoomy ? ((places + 2) * 4) / rows : 2 * places;
  const wanted = places ? Math.max(18, enlarged) : isRoomy ? 16 : 14;
  const pitch = isCrowded ? SMALLEST : Math.floor(Math.min(height / rows, wanted));
  return { rows, columns: Math.ceil(count / rows), pitch, size: pitch - (pitch > 20 ? 2 : 1) };
}

/** @param {number} count @param {boolean} isSmall  of each map, so that more lie above one another */
const rowsOf = (count, isSmall) => (count <= 4 ? 1 : count <= 16 ? 2 : count > 32 && isSmall ? 8 : 4);

/** @param {Grid} grid @param {number} map @returns {Box} */
export const boxOf = ({ columns, pitch, size }, map) => ({
  left: (map % columns) * pitch,
  top: Math.floor(map / columns) * pitch,
  size,
});

/**
 * The map at a place of the picture, or null.
 * @param {Grid} grid
 * @param {number} count
 * @param {number} x
 * @param {number} y
 */
export function mapAt({ columns, pitch }, count, x, y) {
  const [column, row] = [Math.floor(x / pitch), Math.floor(y / pitch)];
  const map = row * columns + column;
  return column >= 0 && row >= 0 && column < columns && map < count ? map : null;
}

/** @param {(byte: number) => number[]} colour */
const table = (colour) =>
  Uint32Array.from({ length: 256 }, (_, byte) => {
    const [red, green, blue] = colour(byte);
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
const UNSIGNED = table((byte) => colourOf(byte, 255, false));
const SIGNED = table((byte) => colourOf(byte - 128, 127, true));

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Grid} grid
 * @param {import("./seeing.js").SeenLayer} layer
 * @param {Set<number> | null} lit  the others pale; null: none does
 */
export function paintArt(canvas, grid, layer, lit) {
  const ratio = devicePixelRatio;
  const [width, height] = [grid.columns, grid.rows].map((cells) => Math.round(cells * grid.pitch * ratio));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  if (!context || !layer.maps) return;
  markMaps(canvas, layer.signed);
  context.clearRect(0, 0, width, height);
  const [rows, columns] = layer.maps.shape.length === 3 ? layer.maps.shape : [1, 1];
  drawApart(layer, rows, columns);
  const side = grid.size * ratio;
  const scale = side / Math.max(rows, columns);
  context.imageSmoothingEnabled = scale < 1;
  for (let map = 0; map < layer.count; map++) {
    const { left, top } = boxOf(grid, map);
    context.globalAlpha = lit && !lit.has(map) ? 0.4 : 1;
    context.drawImage(
      apart,
      ...[map * columns, 0, columns, rows],
      ...[Math.round(left * ratio), Math.round(top * ratio), columns * scale, rows * scale],
    );
  }
}

/**
 * All maps side by side.
 * @param {import("./seeing.js").SeenLayer} layer
 * @param {number} rows
 * @param {number} columns
 */
function drawApart({ maps, count, signed }, rows, columns) {
  Object.assign(apart, { width: columns * count, height: rows });
  const image = new ImageData(columns * count, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = signed ? SIGNED : UNSIGNED;
  const bytes = /** @type {import("./seeing.js").Maps} */ (maps).bytes;
  let from = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let map = 0; map < count; map++)
        pixels[(row * count + map) * columns + column] = colours[bytes[from++]];
  apart.getContext("2d")?.putImageData(image, 0, 0);
}

/**
 * One map by itself, a pixel a place.
 * @param {HTMLCanvasElement} canvas
 * @param {import("./seeing.js").SeenLayer} layer
 * @param {number} map
 */
export function paintOne(canvas, { maps, count, output_shape, signed }, map) {
  const [rows, columns] = output_shape;
  Object.assign(canvas, { width: columns, height: rows });
  canvas.classList.toggle("network-unknown", !maps || map >= count);
  markMaps(canvas, signed);
  if (!maps || map >= count) return;
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = signed ? SIGNED : UNSIGNED;
  for (let at = 0; at < pixels.length; at++) pixels[at] = colours[maps.bytes[at * count + map]];
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
