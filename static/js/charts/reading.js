// @ts-check
// What Plotly finds under the pointer, told in a box of the page's own: the step, then each value.

import { make } from "../views/elements.js";

/**
 * @param {import("./plotly.js").Plot} plot
 * @param {HTMLElement} box  around it
 * @param {(data: unknown) => string} [titleOf]  of what a point knows besides its text: a step unless said
 */
export function tellReadings(plot, box, titleOf = (step) => `step ${step}`) {
  const card = make("div", { class: "reading", hidden: true });
  const hair = make("div", { class: "hair", hidden: true });
  box.append(hair, card);
  plot.on("plotly_hover", ({ points }) => {
    const axis = points[0].xaxis;
    const left = axis._offset + axis.d2p(points[0].x);
    const rows = [...points]
      .sort((one, other) => other.curveNumber - one.curveNumber)
      .map(({ data, pointNumber }) => data.text[pointNumber]);
    card.replaceChildren(
      make("b", {}, titleOf(points[0].customdata)),
      ...rows.filter(Boolean).map((words) => make("div", {}, words)),
    );
    card.hidden = hair.hidden = false;
    hair.style.left = `${left}px`;
    const beside = left + 10 + card.offsetWidth < box.clientWidth;
    card.style.left = `${beside ? left + 10 : left - 10 - card.offsetWidth}px`;
  });
  plot.on("plotly_unhover", () => (card.hidden = hair.hidden = true));
}
