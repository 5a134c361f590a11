// @ts-check
// An atlas with its filters as wide as they are shown, gaps between them: what a canvas then has to do
// is a few tall copies, however many filters there are.

/**
 * Where each pixel of a row comes from: its column in the atlas, −1 in a gap.
 * @param {{columns: number, width: number, gapX: number}} fit  in CSS pixels
 * @param {number} cellWidth  in weights
 * @param {number} ratio  device pixels per CSS pixel
 * @param {number} width  of the row, in device pixels
 */
export function sourcesOf(fit, cellWidth, ratio, width) {
  const sources = new Int32Array(width).fill(-1);
  const wide = Math.round(fit.width * ratio);
  for (let column = 0; column < fit.columns; column++) {
    const left = Math.round(column * (fit.width + fit.gapX) * ratio);
    for (let x = 0; x < wide && left + x < width; x++) {
      sources[left + x] = column * cellWidth + Math.floor((x * cellWidth) / wide);
    }
  }
  return sources;
}

/**
 * Fills `wide`, as tall as the atlas and as wide as `sources`.
 * @param {ImageData} atlas
 * @param {Int32Array} sources
 * @param {ImageData} wide
 */
export function widen(atlas, sources, wide) {
  const from = new Uint32Array(atlas.data.buffer);
  const to = new Uint32Array(wide.data.buffer);
  for (let row = 0, at = 0, start = 0; row < atlas.height; row++, start += atlas.width) {
    for (let x = 0; x < sources.length; x++, at++) to[at] = sources[x] < 0 ? 0 : from[start + sources[x]];
  }
}
