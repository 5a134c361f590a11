// @ts-check
// A later layer's filter in pixels, with what that picture leaves out.

import { ownLimits } from "../../kernels/atlas.js";
import { byId, write } from "../../views/elements.js";
import { showKernel } from "./pictures.js";

const PICTURE = 160;

/** @param {import("./subject.js").Subject} subject @param {import("./answers.js").Told} told */
export function drawExpanded({ frame, deep }, told) {
  byId("filter-expanded").hidden = !deep;
  if (!deep) return;
  const [size, , channels] = frame.kernel.shape;
  const slices =
    channels === 1 ? "one slice" : `one ${size}×${size} slice for each of the ${channels} filters before it`;
  write(
    byId("filter-raw"),
    `On the left are its raw weights, ${slices}: they look like noise in every network.`,
  );
  const { value } = told.filter;
  const expanded = value && value.layer === frame.layer ? value.expanded : null;
  const canvas = byId("filter-pixels");
  canvas.closest("figure").classList.toggle("empty", !expanded);
  if (!value || !expanded)
    return write(byId("filter-pixels-words"), value ? (value.reason ?? "Too large to be drawn.") : "");
  const [height, width, depth] = expanded.shape;
  const kernel = {
    shape: /** @type {[number, number, number, number]} */ ([height, width, depth, 1]),
    weights: expanded.values,
  };
  showKernel(canvas, kernel, ownLimits(kernel, null)[0], PICTURE);
  write(
    byId("filter-pixels-words"),
    `${height} × ${width} pixels, on a scale of its own. A ${value.caption}: it tells the true answer ` +
      "only in part.",
  );
}
