// @ts-check
// What one draws with, on which paper: as the pictures of each data set are made.

/**
 * @typedef {import("./drawing.js").Shape} Shape
 * @typedef {object} Inks
 * @property {number[]} paper  one value a channel, 0 to 255
 * @property {boolean} soft  ink 15 is full and a lower one fainter; else each has its own colour
 * @property {{name: string, colour: number[]}[]} palette  ink 1 first
 * @property {number} ink  to begin with
 * @property {{name: string, radius: number}[]} pens  the first one to begin with
 */

/** White ink on black, as in MNIST. @type {Inks} */
const INK = { paper: [0], soft: true, palette: [], ink: 15, pens: [{ name: "pen", radius: 1.05 }] };

const LEAF_PENS = [
  { name: "Broad", radius: 2.2 },
  { name: "Fine", radius: 0.8 },
];

/** @type {Inks} */
const GRAYS = {
  paper: [128],
  soft: false,
  palette: [
    { name: "white", colour: [255] },
    { name: "light gray", colour: [190] },
    { name: "dark gray", colour: [70] },
    { name: "black", colour: [0] },
  ],
  ink: 1,
  pens: LEAF_PENS,
};

/** @type {Inks} */
const COLOURS = {
  paper: [128, 128, 128],
  soft: false,
  palette: [
    { name: "white", colour: [245, 245, 245] },
    { name: "black", colour: [15, 15, 15] },
    { name: "red", colour: [208, 44, 38] },
    { name: "orange", colour: [236, 140, 34] },
    { name: "yellow", colour: [240, 220, 60] },
    { name: "green", colour: [52, 150, 66] },
    { name: "blue", colour: [36, 88, 200] },
    { name: "purple", colour: [134, 54, 160] },
  ],
  ink: 1,
  pens: LEAF_PENS,
};

/** @param {Shape} shape @returns {Inks} */
export function inksFor([height, , channels]) {
  if (channels === 3) return COLOURS;
  return height === 28 ? INK : GRAYS;
}

/**
 * The pixels, 0 to 255, of what was drawn over a picture, or over blank paper.
 * @param {Uint8Array} cells
 * @param {Uint8Array | null} picture
 * @param {Shape} shape
 * @returns {Uint8Array} height · width · channels
 */
export function pixelsOf(cells, picture, [height, width, channels]) {
  const { paper, soft, palette } = inksFor([height, width, channels]);
  const pixels = picture
    ? picture.slice()
    : new Uint8Array(cells.length * channels).map((_, at) => paper[at % channels]);
  cells.forEach((cell, at) => {
    if (!cell) return;
    for (let channel = 0; channel < channels; channel++) {
      const place = at * channels + channel;
      if (soft) pixels[place] = Math.max(pixels[place], cell * 17);
      else pixels[place] = palette[cell - 1]?.colour[channel] ?? pixels[place];
    }
  });
  return pixels;
}
