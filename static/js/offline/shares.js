// @ts-check
// How many filters bear each label now.

import { LABELS } from "../contract.js";
import { icon, make } from "../views/elements.js";

/** @param {import("../types.js").Frame | null} frame */
export function sharesKey(frame) {
  const counts = frame?.verdicts?.counts ?? {};
  return LABELS.filter((label) => counts[label]).map((label) =>
    make("span", {}, icon(`glyph-${label}`, "glyph"), ` ${counts[label]} ${label}`),
  );
}
