// @ts-check
// How many columns: those that give the largest tile of a whole multiple of the kernel.

/**
 * @typedef {{columns: number, rows: number, width: number, height: number, gapX: number, gapY: number}} Fit
 *   tile and gaps in CSS pixels
 */

/**
 * @param {object} room
 * @param {number} room.count  tiles
 * @param {number} room.cellWidth  pixels of one kernel
 * @param {number} room.cellHeight
 * @param {number} room.width  to fill, in CSS pixels
 * @param {number} room.height  to fill; Infinity where the page scrolls
 * @param {number} room.gap
 * @param {number} room.caption  height under each tile
 * @param {number} room.ratio  device pixels per CSS pixel
 * @param {number} [room.columns]  fixed
 * @param {number} [room.free]  places that something else is put into
 * @returns {Fit}
 */
export function fitTiles(room) {
  const choices = room.columns
    ? [room.columns]
    : Array.from({ length: Math.min(room.count, 48) }, (_, index) => index + 1);
  const fits = choices.map((columns) => layOut(room, columns));
  const value = (/** @type {Fit} */ fit) => worth(fit, filled(fit, room));
  const best = fits.reduce((one, other) => (value(other) > value(one) ? other : one));
  return best.width > 0 ? best : layOut({ ...room, height: Infinity }, mostColumns(room));
}

/**
 * Where even one pixel a weight is too tall, the rows go on below.
 * @param {Parameters<typeof fitTiles>[0]} room
 */
function mostColumns({ count, cellWidth, width, gap, ratio }) {
  return Math.max(1, Math.min(count, Math.floor((width + gap) / (cellWidth / ratio + gap))));
}

/** @param {Parameters<typeof fitTiles>[0]} room @param {number} columns @returns {Fit} */
function layOut(room, columns) {
  const { count, cellWidth, cellHeight, gap, caption, ratio } = room;
  const rows = Math.ceil(count / columns);
  const gapY = caption ? 4 : gap;
  const wide = (room.width - gap * (columns - 1)) / columns;
  const tall = (room.height - gapY * (rows - 1)) / rows - caption;
  const multiple = Math.floor(Math.min((wide * ratio) / cellWidth, (tall * ratio) / cellHeight));
  const width = (multiple * cellWidth) / ratio;
  return { columns, rows, width, height: (multiple * cellHeight) / ratio, gapX: gap, gapY: gapY + caption };
}

/**
 * How many places won't be empty.
 * @param {Fit} fit
 * @param {Parameters<typeof fitTiles>[0]} room
 */
function filled({ rows, columns }, { count, free = 0 }) {
  const empty = rows * columns - count;
  return empty >= free ? count + free : count;
}

/** What it costs to leave the last row less than half full. */
const RAGGED = 0.85;

/** Large tiles and full rows. @param {Fit} fit @param {number} count */
function worth({ rows, columns, width }, count) {
  const last = count - (rows - 1) * columns;
  return width * (count / (rows * columns)) ** 1.5 * (last < columns / 2 ? RAGGED : 1);
}

/**
 * The same with tiles so far apart that a finger meets one alone, where the room allows it.
 * @param {Fit} fit
 * @param {{width: number, height: number}} room
 * @param {number} finger  how wide, in CSS pixels
 * @returns {Fit}
 */
export function spread(fit, room, finger) {
  const { columns, rows, width, height, gapX, gapY } = fit;
  const free = Math.floor((room.width - columns * width) / Math.max(1, columns - 1));
  const wanted = finger - height;
  const isRoom = rows * (height + Math.max(gapY, wanted)) <= room.height;
  return {
    ...fit,
    gapX: Math.max(gapX, Math.min(finger - width, free)),
    gapY: isRoom ? Math.max(gapY, wanted) : gapY,
  };
}
