// @ts-check
// The colour bar, and what its colours mean.

import { COLOUR_MEANINGS } from "../contract.js";
import { DIVERGING } from "../kernels/colours.js";
import { currentFrame, sharedLimit } from "../state/selectors.js";
import { placesFor, signed } from "../words/numbers.js";
import { byId, write } from "./elements.js";

/** @param {import("../store.js").Store} store */
export function mountLegend(store) {
  const canvas = /** @type {HTMLCanvasElement} */ (byId("legend").querySelector("canvas"));
  let painted = "";
  store.subscribe((state) => {
    const frame = currentFrame(state);
    const colour = frame?.kernel.shape[2] === 3;
    const limit = sharedLimit(state);
    const places = placesFor(limit);
    const own = state.view.scale === "own";
    write(byId("legend-low"), !frame ? "" : own ? "most −" : signed(-limit, places));
    write(byId("legend-high"), !frame ? "" : own ? "most +" : signed(limit, places));
    write(byId("legend-words"), frame ? words(colour, state.view.mode) : "");
    const wanted = `${colour}`;
    if (frame && painted !== wanted) paintBar(canvas, colour);
    if (frame) painted = wanted;
  });
}

/** @param {boolean} colour @param {string} mode */
function words(colour, mode) {
  if (mode === "difference") return `Now minus before. ${colour ? "Gray" : "White"} is unchanged.`;
  return COLOUR_MEANINGS[colour ? "light" : "weights"];
}

/**
 * Paints the scale along the canvas: rightwards, or upwards where it is taller than wide.
 * @param {HTMLCanvasElement} canvas  256 pixels long, 1 wide
 * @param {boolean} colour
 */
export function paintBar(canvas, colour) {
  const image = new ImageData(canvas.width, canvas.height);
  for (let at = 0; at < 256; at++) {
    const level = canvas.height > canvas.width ? 255 - at : at;
    for (let channel = 0; channel < 3; channel++) {
      image.data[at * 4 + channel] = colour ? level : DIVERGING[level * 2 * 3 + channel];
    }
    image.data[at * 4 + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
