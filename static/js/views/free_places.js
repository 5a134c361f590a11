// @ts-check
// In a short window the facts lie in the places that the last row of filters leaves free; where it leaves too
// few, in one line below.

import { fitTiles } from "../kernels/fit.js";
import { short } from "./breakpoints.js";
import { byId } from "./elements.js";

/** What the facts need of free places, and how high their line is, in CSS pixels. */
const [WIDTH, HEIGHT, LINE] = [180, 104, 52];
/** Two tiles beside each other are that wide. */
const PLACES = 2;

/**
 * Lays out the filters, and says to the style sheet where the facts have room.
 * @param {Parameters<typeof fitTiles>[0]} room
 */
export function fitAroundFacts(room) {
  const stage = byId("stage");
  const fit = short.matches && fitTiles({ ...room, free: PLACES });
  const free = fit && freePlace(fit, room);
  stage.classList.toggle("free", Boolean(free));
  if (!fit) return fitTiles(room);
  if (!free) return aboveLine(fitTiles({ ...room, height: room.height - LINE }), stage);
  for (const [side, pixels] of Object.entries(free)) stage.style.setProperty(`--free-${side}`, `${pixels}px`);
  return fit;
}

/**
 * Says where the filters end, for the line below them.
 * @param {import("../kernels/fit.js").Fit} fit
 * @param {HTMLElement} stage
 */
function aboveLine(fit, stage) {
  stage.style.setProperty("--line-top", `${fit.rows * (fit.height + fit.gapY)}px`);
  return fit;
}

/**
 * The free end of the last row, to the end of the room; null where it is too small.
 * @param {import("../kernels/fit.js").Fit} fit
 * @param {Parameters<typeof fitTiles>[0]} room
 */
function freePlace({ columns, rows, width, height, gapX, gapY }, room) {
  const used = room.count - (rows - 1) * columns;
  if (used === columns) return null;
  const left = used * (width + gapX) + gapX;
  const free = {
    left,
    top: (rows - 1) * (height + gapY),
    width: room.width - left,
    height: height + room.caption,
  };
  return free.width >= WIDTH && free.height >= HEIGHT ? free : null;
}
