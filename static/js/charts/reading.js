// @ts-check
// What lies under the pointer, told in a box beside it: the step, then each value.

import { make } from "../views/elements.js";

/** How far from a point, in pixels, it is still told. */
const REACH = 20;
const ASIDE = 10;

/**
 * @typedef {import("./drawing.js").Chart} Chart
 * @typedef {import("./axes.js").Axes} Axes
 */

/** The box and the hair through what is told. @param {HTMLElement} box  of the chart */
export function createCard(box) {
  const card = make("div", { class: "reading", hidden: true });
  const hair = make("div", { class: "hair", hidden: true });
  box.append(hair, card);
  return {
    /** @param {number} left @param {string} title @param {string[]} rows  empty ones are left out */
    show(left, title, rows) {
      const told = rows.filter(Boolean).map((words) => make("div", {}, words));
      card.replaceChildren(make("b", {}, title), ...told);
      card.hidden = hair.hidden = false;
      hair.style.left = `${left}px`;
      const beside = left + ASIDE + card.offsetWidth < box.clientWidth;
      card.style.left = `${beside ? left + ASIDE : left - ASIDE - card.offsetWidth}px`;
    },
    hide() {
      card.hidden = hair.hidden = true;
    },
  };
}

/**
 * Tells what Plotly finds under the pointer.
 * @param {import("./plotly.js").Plot} plot
 * @param {HTMLElement} box  around it
 * @param {(data: unknown) => string} titleOf  of what a point knows besides its text
 */
export function tellReadings(plot, box, titleOf) {
  const card = createCard(box);
  plot.on("plotly_hover", ({ points }) => {
    const axis = points[0].xaxis;
    const rows = [...points]
      .sort((one, other) => other.curveNumber - one.curveNumber)
      .map(({ data, pointNumber }) => data.text[pointNumber]);
    card.show(axis._offset + axis.d2p(points[0].x), titleOf(points[0].customdata), rows);
  });
  plot.on("plotly_unhover", card.hide);
}

/**
 * What a chart says at `x`: the nearest point of all, and each curve where it comes as near, the last first.
 * @param {Chart} chart @param {Axes} axes @param {number} x
 * @returns {{step: number, rows: string[]} | null}
 */
export function readingAt({ series = [], bands = [] }, axes, x) {
  const near = [...series, ...bands]
    .map(({ step, say }) => ({ ...nearestTo(axes, step, x), say }))
    .filter(({ far }) => far <= REACH);
  if (!near.length) return null;
  const { step } = near.reduce((best, other) => (other.far < best.far ? other : best));
  return { step, rows: near.reverse().map(({ at, say }) => say(at)) };
}

/** @param {Axes} axes @param {number[]} steps @param {number} x */
function nearestTo(axes, steps, x) {
  const found = { at: 0, step: 0, far: Infinity };
  steps.forEach((step, at) => {
    const far = Math.abs(axes.x(step) - x);
    if (far < found.far) Object.assign(found, { at, step, far });
  });
  return found;
}
