// @ts-check
// From products to the answer, in large numbers; and how they were rounded.

import { byId, make, write } from "../../views/elements.js";
import { fixed } from "../../words/numbers.js";

/** @typedef {import("./specimen.js").Specimen} Specimen */
/** @typedef {import("../../pictures/convolution.js").Worked} Worked */
/** @typedef {{sign: string, name: string, value: number, answer?: boolean}} Term */

const COLOURS = ["red", "green", "blue"];
/** @type {Record<string, [string, string]>} */
const ACTIVATIONS = {
  relu: ["before ReLU", "after ReLU"],
  tanh: ["before tanh", "after tanh"],
  sigmoid: ["before the sigmoid", "after the sigmoid"],
};

/** @param {Specimen} specimen @param {Worked} worked */
export function drawSum(specimen, worked) {
  const root = byId("lens-sum");
  const terms = termsOf(specimen, worked);
  const layout = terms.map(({ sign, name }) => sign + name).join();
  if (root.dataset.layout !== layout) {
    root.dataset.layout = layout;
    root.replaceChildren(...terms.map(makeTerm));
  }
  const places = specimen.textbook ? 0 : 2;
  root
    .querySelectorAll("b")
    .forEach((/** @type {Element} */ value, /** @type {number} */ at) =>
      write(value, fixed(terms[at].value, places)),
    );
  write(byId("lens-note"), noteOf(specimen, worked));
}

/** @param {Term} term */
function makeTerm({ sign, name, answer }) {
  const look = { class: `term${answer ? " answer" : ""}` };
  const term = make("span", look, make("span", { class: "quiet" }, name), make("b"));
  return make("span", { class: "piece" }, ...(sign ? [make("span", { class: "sign" }, sign)] : []), term);
}

/** @param {Specimen} specimen @param {Worked} worked @returns {Term[]} */
function termsOf({ task }, worked) {
  const channels = task.kernel.shape[2];
  const [before, after] = ACTIVATIONS[task.activation] ?? ["answer", ""];
  const slices =
    channels === 3
      ? COLOURS.map((name, channel) => ({
          sign: channel ? "+" : "",
          name,
          value: sliceSum(worked.products, channel),
        }))
      : [];
  return [
    ...slices,
    { sign: slices.length ? "=" : "", name: `sum of ${worked.products.length} products`, value: worked.sum },
    { sign: "+", name: "bias", value: task.bias },
    { sign: "=", name: before, value: worked.before, answer: !after },
    ...(after ? [{ sign: "→", name: after, value: worked.output, answer: true }] : []),
  ];
}

/** @param {Float64Array} products @param {number} channel */
function sliceSum(products, channel) {
  let sum = 0;
  for (let at = channel; at < products.length; at += 3) sum += products[at];
  return sum;
}

/** What adding the products as they are shown would give. @param {Float64Array} products */
function addedByHand(products) {
  let hundredths = 0;
  for (const product of products) hundredths += Math.round(Number(product.toFixed(2)) * 100);
  return hundredths / 100;
}

/** @param {Specimen} specimen @param {Worked} worked */
function noteOf({ textbook, meaning, task }, worked) {
  const flip = task.laying.flip
    ? "Turned by 180° this is what mathematics calls a convolution; libraries leave the filter as it is."
    : "Libraries’ “convolution” does not flip the filter.";
  if (textbook)
    return `Whole numbers, so nothing is rounded: check them by hand. Rows and columns count from 0. ${flip}`;
  const hand = fixed(addedByHand(worked.products));
  const too = hand === fixed(worked.sum) ? " too" : "";
  return (
    "Shown to two places; every sum uses every digit (adding the rounded products by hand gives " +
    `${hand}${too}). ${meaning} ${flip}`
  );
}
