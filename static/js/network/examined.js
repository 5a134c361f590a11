// @ts-check
// Which map lies under the microscope, as the address says it: `map=conv2.5&row=3&column=4`.

import { numberIn } from "../state/details.js";

/**
 * @typedef {{layer: number, filter: number, row: number | null, column: number | null}} Examined
 * @param {import("../types.js").State} state
 * @param {import("../words/network.js").Plan[]} plans
 * @returns {Examined | null}
 */
export function examinedIn({ view }, plans) {
  const found = /^([a-z_]+\d+)\.(\d{1,4})$/.exec(view.details.map ?? "");
  const layer = plans.findIndex(({ name }) => name === found?.[1]);
  const filter = Number(found?.[2]) - 1;
  if (layer < 0 || plans[layer].type !== "conv2d" || filter < 0) return null;
  if (filter >= (plans[layer].output_shape.at(-1) ?? 0)) return null;
  return { layer, filter, row: numberIn(view.details.row), column: numberIn(view.details.column) };
}
