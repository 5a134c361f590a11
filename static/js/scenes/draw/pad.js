// @ts-check
// Where one draws: the picture large, and what the network is given beside it.

import { paintPicture } from "../../pictures/paint.js";
import { byId } from "../../views/elements.js";

/** @param {import("../../pictures/subject.js").Subject} subject */
export function drawPad(subject) {
  const paper = byId("draw-paper").querySelector("canvas");
  paintPicture(paper, subject.drawn, subject.shape);
  const [height, width] = subject.shape;
  const { style } = byId("draw-paper");
  style.setProperty("--wide", String(width / Math.max(width, height)));
  style.setProperty("--high", String(height / Math.max(width, height)));
  const given = byId("draw-given");
  given.hidden = subject.inked === subject.cells;
  if (!given.hidden) paintPicture(given.querySelector("canvas"), subject.pixels, subject.shape);
}
