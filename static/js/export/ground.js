// @ts-check
// What a saved picture of the page stands on: the page's own ground, white paper, or nothing.

import { colour } from "../charts/theme.js";

/**
 * @typedef {"screen" | "white" | "transparent"} Ground
 * @typedef {(token: string) => string | null} Paper  the colour below all; null is none
 */

/**
 * Draws on that ground. Letters and lines that are to be read on paper are drawn as the light page has
 * them; it is light for this moment only, and no screen shows it.
 * @template T
 * @param {Ground} ground
 * @param {(paper: Paper) => T} draw  at once
 * @returns {Promise<T>}
 */
export async function onGround(ground, draw) {
  if (ground === "screen") return draw(colour);
  const { dataset } = document.documentElement;
  const { theme } = dataset;
  dataset.theme = "light";
  try {
    await null; // whoever watches the theme draws anew before that
    return draw(() => (ground === "white" ? "#ffffff" : null));
  } finally {
    if (theme === undefined) delete dataset.theme;
    else dataset.theme = theme;
  }
}
