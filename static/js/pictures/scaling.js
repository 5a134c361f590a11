// @ts-check
// What a program makes of pixels before its network sees them, where it did not tell: somebody says.

/** @typedef {"pixels" | "unit" | "symmetric"} Scaling */

/** @type {Record<Scaling, {name: string, meaning: string}>} */
export const SCALINGS = {
  pixels: { name: "0 to 255", meaning: "Pixels as they are: black is 0, white is 255." },
  unit: { name: "0 to 1", meaning: "Pixels divided by 255: black is 0, white is 1." },
  symmetric: { name: "−1 to 1", meaning: "Pixels divided by 127.5, less 1: black is −1, white is 1." },
};

const KEY = "filterscope-scaling";
/** @type {Scaling} */
const USUAL = "unit";

/** @param {string | null | undefined} text @returns {text is Scaling} */
const isScaling = (text) => Object.hasOwn(SCALINGS, text ?? "");

/**
 * As the address says, or else as was chosen last.
 * @param {Record<string, string>} details
 * @returns {Scaling}
 */
export function scalingIn({ scaling }) {
  if (isScaling(scaling)) return scaling;
  const kept = lastChosen();
  return isScaling(kept) ? kept : USUAL;
}

/** @param {string} scaling */
export function keepScaling(scaling) {
  try {
    localStorage.setItem(KEY, scaling);
  } catch {
    // The address has it all the same.
  }
}

function lastChosen() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/**
 * The same float32 numbers as the server works with.
 * @param {Uint8Array} pixels
 * @param {Scaling} scaling
 */
export function scaledAs(pixels, scaling) {
  if (scaling === "pixels") return Float32Array.from(pixels);
  if (scaling === "unit") return Float32Array.from(pixels, (pixel) => pixel / 255);
  return Float32Array.from(pixels, (pixel) => Math.fround(pixel / 127.5) - 1);
}
