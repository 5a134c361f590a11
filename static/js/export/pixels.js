// @ts-check
// A canvas of few pixels as a file: enlarged, or with a rectangle for each stretch of one colour.

const LARGE = 640;

/**
 * How often a pixel is repeated, so that a picture of few is large enough to be seen.
 * @param {HTMLCanvasElement} canvas
 */
const multipleOf = ({ width, height }) => Math.max(1, Math.floor(LARGE / Math.max(width, height)));

/** @param {HTMLCanvasElement} canvas @param {string | null} ground */
export function enlarged(canvas, ground) {
  const large = document.createElement("canvas");
  large.width = canvas.width * multipleOf(canvas);
  large.height = canvas.height * multipleOf(canvas);
  const context = /** @type {CanvasRenderingContext2D} */ (large.getContext("2d"));
  context.imageSmoothingEnabled = false;
  if (ground) {
    context.fillStyle = ground;
    context.fillRect(0, 0, large.width, large.height);
  }
  context.drawImage(canvas, 0, 0, large.width, large.height);
  return large;
}

/**
 * Each stretch of one colour a rectangle, equal rows taken together.
 * @param {HTMLCanvasElement} canvas
 * @param {string | null} ground
 */
export function vectorOf(canvas, ground) {
  const { width, height } = canvas;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const large = [width, height].map((length) => length * multipleOf(canvas));
  const size = `width="${large[0]}" height="${large[1]}" viewBox="0 0 ${width} ${height}"`;
  const paper = ground ? `<rect width="100%" height="100%" fill="${ground}"/>\n` : "";
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} shape-rendering="crispEdges">\n` +
    `${paper}${rectanglesOf(context.getImageData(0, 0, width, height)).join("\n")}\n</svg>\n`
  );
}

/** @param {ImageData} image */
function rectanglesOf({ width, height, data }) {
  const pixels = new Uint32Array(data.buffer);
  const parts = [];
  for (let top = 0, bottom = 1; top < height; top = bottom, bottom = top + 1) {
    while (bottom < height && sameRow(pixels, width, top, bottom)) bottom += 1;
    for (let left = 0, right = 1; left < width; left = right, right = left + 1) {
      const at = top * width + left;
      while (right < width && pixels[top * width + right] === pixels[at]) right += 1;
      if (data[at * 4 + 3])
        parts.push(
          `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" ` +
            `fill="${hex(data, at * 4)}"${seeThrough(data[at * 4 + 3])}/>`,
        );
    }
  }
  return parts;
}

/** @param {Uint32Array} pixels @param {number} width @param {number} one @param {number} other */
function sameRow(pixels, width, one, other) {
  for (let x = 0; x < width; x++) if (pixels[one * width + x] !== pixels[other * width + x]) return false;
  return true;
}

/** @param {Uint8ClampedArray} data @param {number} at */
const hex = (data, at) =>
  `#${[0, 1, 2].map((channel) => data[at + channel].toString(16).padStart(2, "0")).join("")}`;

/** @param {number} alpha  0 to 255 */
const seeThrough = (alpha) => (alpha < 255 ? ` fill-opacity="${(alpha / 255).toFixed(2)}"` : "");
