// @ts-check
// The offline page of a map: the dashboard's own board on what lies in the file itself.

import { Board } from "../map/board.js";
import { momentOf, limitOfAll } from "../map/told.js";
import { momentIn } from "../map/reading.js";
import { byId } from "../views/elements.js";

/**
 * @typedef {import("../map/told.js").Told} Told
 * @typedef {{moment: number | null, told: import("../map/told.js").Strips}} Kept
 */

/** @type {{sweep: Told, details: import("../map/reading.js").Details, moments: Kept[]}} */
const { sweep, details, moments } = JSON.parse(byId("data").textContent);
const kept = moments.map(({ moment, told }) => ({ moment, shown: momentOf(sweep, told) }));
const limit = limitOfAll(
  sweep,
  kept.map(({ shown }) => shown),
);
let now = details;

const board = new Board(byId("map-board"), {
  choose(change) {
    now = { ...now, ...change };
    draw();
  },
  open: null,
});

board.time.stops = kept.map(({ moment }) => moment);

function draw() {
  const asked = momentIn(now, sweep);
  const { shown } = kept.find(({ moment }) => moment === asked) ?? kept[kept.length - 1];
  board.draw(sweep, now, { ...shown, limit }, new Map());
}

draw();
