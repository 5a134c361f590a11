// @ts-check
// The colour bar, and what its colours mean.

import { COLOUR_MEANINGS } from "../contract.js";
import { DIVERGING } from "../kernels/colours.js";
import { showsDifference } from "../state/added.js";
import { partOf } from "../state/paging.js";
import { currentPicture, isExpanded, pictureLimit } from "../state/pictures.js";
import { differenceHint, leftWords } from "../words/added.js";
import { grouped, placesFor, signed } from "../words/numbers.js";
import { byId, write } from "./elements.js";

/** @param {import("../store.js").Store} store */
export function mountLegend(store) {
  const canvas = /** @type {HTMLCanvasElement} */ (byId("legend").querySelector("canvas"));
  const hint = byId("legend-hint");
  let painted = "";
  store.subscribe((state) => {
    const frame = currentPicture(state);
    const colour = frame?.kernel.shape[2] === 3;
    const limit = pictureLimit(state);
    const places = placesFor(limit);
    const own = state.view.scale === "own";
    write(byId("legend-low"), !frame ? "" : own ? "most −" : signed(-limit, places));
    write(byId("legend-high"), !frame ? "" : own ? "most +" : signed(limit, places));
    write(byId("legend-words"), frame ? words(state, colour, frame) : "");
    hint.hidden = !frame?.left;
    hint.dataset.says = differenceHint(frame);
    const wanted = `${colour}`;
    if (frame && painted !== wanted) paintBar(canvas, colour);
    if (frame) painted = wanted;
  });
}

/**
 * @param {import("../types.js").State} state
 * @param {boolean} colour
 * @param {import("../types.js").Frame} frame
 */
function words(state, colour, frame) {
  if (showsDifference(state) && isExpanded(state))
    return `Now minus before. ${colour ? "Gray" : "White"} is unchanged.`;
  if (frame.left) return `${colour ? "Gray" : "White"} is nothing added; ${leftWords(frame)}.`;
  const part = partOf(state, frame)?.channels;
  const which = part
    ? ` Each tile: the ${part.shown} of ${grouped(part.all)} channels that weigh most here.`
    : "";
  return COLOUR_MEANINGS[colour ? "light" : "weights"] + which;
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
