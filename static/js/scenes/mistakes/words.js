// @ts-check
// What is said of mistakes.

import { grouped, percent } from "../../words/numbers.js";

/** @typedef {import("../../net/answers.js").MistakesAnswer} Mistakes */

/** @param {Mistakes} mistakes */
export function countWords({ wrong, tried, step }) {
  const part = wrong / Math.max(1, tried);
  const share = part > 0 && part < 0.01 ? "under 1 %" : percent(part);
  const count = `${grouped(wrong)} of ${grouped(tried)} test pictures are wrong`;
  return `After ${grouped(step)} steps, ${count} (${share}).`;
}

/** Which class is most often taken for which. @param {Mistakes} mistakes */
export function mostWords({ confusion, class_names }) {
  const pairs = confusion.flatMap((row, label) =>
    row.map((count, taken) => ({ label, taken, count: label === taken ? 0 : count })),
  );
  const most = pairs.filter(({ count }) => count).sort((one, other) => other.count - one.count);
  if (!most.length) return "It takes none of them for something else.";
  const told = most
    .slice(0, 3)
    .map(({ label, taken, count }) => `${class_names[label]} for ${class_names[taken]} (${grouped(count)})`);
  return `Most often: ${told.join(", ")}.`;
}

/** @param {Mistakes} mistakes @param {number} at */
export const takenWords = ({ class_names, taken_for, probability }, at) =>
  `taken for ${class_names[taken_for[at]]}, ${percent(probability[at])}`;
