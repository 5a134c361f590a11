// @ts-check
// The spectrum of a filter, and its strongest stripes in words.

import { filterOf } from "../../kernels/slices.js";
import { byId, write } from "../../views/elements.js";
import { showNumbers } from "./pictures.js";
import { SIZE, spectrumOf, strongest } from "./spectrum.js";

const PICTURE = 96;
/** Waves longer than this many filters are no stripes any more. */
const LONGEST = 2;

/** @param {import("./subject.js").Subject} subject */
export function showSpectrum({ frame, filter, deep }) {
  const section = byId("filter-spectrum").closest("section");
  section.hidden = deep;
  if (deep) return;
  const kernel = filterOf(frame.kernel, filter);
  const spectrum = spectrumOf(kernel);
  showNumbers(byId("filter-spectrum"), spectrum, SIZE, SIZE, PICTURE);
  const { pixels, degrees } = strongest(spectrum);
  const plain = pixels > LONGEST * kernel.shape[1];
  const words = plain
    ? "Strongest at the middle: plain areas, no stripes."
    : `Strongest: stripes ${pixels.toFixed(1)} pixels from light to light, running at ` +
      `${Math.round(degrees) % 180}°. At the rim they are 2 pixels.`;
  write(byId("filter-spectrum-words"), words);
}
