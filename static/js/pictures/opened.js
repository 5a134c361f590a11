// @ts-check
// A picture file that somebody opened, read in this browser; it goes nowhere else.

/** Larger pictures are made smaller: every answer of a filter is worked out while one edits. */
const MOST_PIXELS = 2 ** 20;
const MOST_MEGABYTES = 64;

/**
 * @typedef {import("./planes.js").Pixels & {name: string, note: string}} Opened  with what was done to it
 */

/**
 * @param {File} file
 * @returns {Promise<Opened>}
 * @throws {Error} in words, where it can't be read
 */
export async function openPicture(file) {
  if (file.size > MOST_MEGABYTES * 2 ** 20)
    throw new Error(`“${file.name}” is too large a file: at most ${MOST_MEGABYTES} MB are read.`);
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error(
      `“${file.name}” is no picture that this browser can read. A PNG, JPEG or WebP file will do.`,
    );
  });
  const { width, height } = bitmap;
  const share = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  const size = [width, height].map((length) => Math.max(1, Math.floor(length * share)));
  const { data } = drawn(bitmap, size[0], size[1]);
  bitmap.close();
  const note =
    share < 1 ? `Made smaller, from ${width} × ${height}, so that it can be answered while you edit.` : "";
  return { width: size[0], height: size[1], rgba: data, isGray: isGray(data), name: file.name, note };
}

/**
 * On white, where it lets light through.
 * @param {ImageBitmap} bitmap
 * @param {number} width
 * @param {number} height
 */
function drawn(bitmap, width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = /** @type {CanvasRenderingContext2D} */ (
    canvas.getContext("2d", { willReadFrequently: true })
  );
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** @param {Uint8ClampedArray} rgba */
function isGray(rgba) {
  for (let at = 0; at < rgba.length; at += 4)
    if (rgba[at] !== rgba[at + 1] || rgba[at] !== rgba[at + 2]) return false;
  return true;
}
