// @ts-check
// Of a later layer's filter: how far its picture in pixels may be believed, and its raw numbers, small.

import { ownLimits } from "../../kernels/atlas.js";
import { filterOf } from "../../kernels/slices.js";
import { byId, write } from "../../views/elements.js";
import { showKernel } from "./pictures.js";

const SLICES = 72;

/** @param {import("./subject.js").Subject} subject @param {import("./answers.js").Told} told */
export function drawExpanded({ frame, filter, deep, picture }, told) {
  const words = byId("filter-pixels-words");
  words.hidden = !deep;
  byId("filter-slices").hidden = !deep || !picture;
  if (!deep) return;
  const { value } = told.filter;
  if (!picture) return write(words, value ? (value.reason ?? "Too large to be drawn in pixels.") : "");
  const [height, width] = picture.kernel.shape;
  const caption = value?.layer === frame.layer ? value.caption : "linear approximation";
  write(words, `What it looks for, in ${height} × ${width} pixels. A ${caption}: true only in part.`);
  drawRaw(filterOf(frame.kernel, filter));
}

/** @param {import("../../types.js").Kernel} own */
function drawRaw(own) {
  const [size, , channels] = own.shape;
  showKernel(byId("filter-raw"), own, ownLimits(own)[0], SLICES);
  const slices =
    channels === 1
      ? "One slice"
      : `One ${size} × ${size} slice for each of the ${channels} filters before it`;
  write(byId("filter-raw-words"), `${slices}. Painted so, they look like noise in every network.`);
}
