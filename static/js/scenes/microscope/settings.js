// @ts-check
// How the filter is laid on: border, stride, flipped or not, and which light is shown.

import { byId, make, onChoice, write } from "../../views/elements.js";
import { changeDetails } from "../../control/details.js";

/** @typedef {import("./specimen.js").Own} Own */

/**
 * @param {import("../../store.js").Store} store
 * @param {() => import("./specimen.js").Specimen | null} specimen
 */
export function listenToSettings(store, specimen) {
  /**
   * @param {string} name
   * @param {(value: string) => string} [told]  in the details; empty where it is the layer's own
   */
  const listen = (name, told = (value) => value) => {
    onChoice(`lens-${name}`, (value) => changeDetails(store, { [name]: told(value) }));
  };
  listen("border", (value) => (value === borderOf(specimen()?.own.padding ?? "valid") ? "" : value));
  listen("stride", (value) => (value === strideOf(specimen()?.own) ? "" : value));
  listen("act");
  listen("flip");
  listen("channel", (value) => (value === "0" ? "" : value));
}

/** @param {import("./specimen.js").Specimen} specimen */
export function drawSettings({ task, own, channel, textbook, learns, remarks }) {
  const { laying, kernel } = task;
  byId("lens-act").hidden = textbook || remarks !== undefined;
  byId("lens-remarks").hidden = !remarks;
  write(byId("lens-remarks"), remarks ?? "");
  byId("lens-laying").hidden = byId("lens-apply").hidden = learns;
  byId("lens-slide").hidden = learns;
  byId("lens-lesson").hidden = !learns;
  check("act", learns ? "learn" : "");
  const strides = new Set(["1", "2", strideOf(own)]);
  offerStrides([...strides].sort((one, other) => parseInt(one) - parseInt(other)));
  offerOwnBorder(own.padding);
  check("border", borderOf(laying.padding));
  check("stride", strideOf(laying));
  check("flip", laying.flip ? "1" : "");
  check("channel", String(channel));
  byId("lens-channel").hidden = kernel.shape[2] !== 3;
}

/** `2`; `2×1` where it goes down by two and across by one. @param {Own | undefined} laying */
const strideOf = ({ strides = 1, across = strides } = { padding: "valid", strides: 1 }) =>
  strides === across ? String(strides) : `${strides}×${across}`;

/** Zeros that were counted out are the layer’s own. @param {Own["padding"]} padding */
const borderOf = (padding) => (typeof padding === "string" ? padding : "own");

/** @param {Own["padding"]} padding */
function offerOwnBorder(padding) {
  byId("lens-border-own").hidden = typeof padding === "string";
  if (typeof padding === "string") return;
  const sides = new Set(padding.flat());
  write(byId("lens-border-own").lastElementChild, sides.size === 1 ? `${[...sides]} zeros` : "uneven");
}

/** @param {string[]} strides */
function offerStrides(strides) {
  const root = byId("lens-stride");
  if (root.dataset.offered === strides.join()) return;
  root.dataset.offered = strides.join();
  const choices = strides.map((stride) =>
    make(
      "label",
      {},
      make("input", { type: "radio", name: "lens-stride", value: stride }),
      make("span", {}, stride),
    ),
  );
  root.replaceChildren(/** @type {Node} */ (root.firstElementChild), ...choices);
}

/** @param {string} name @param {string} value */
function check(name, value) {
  for (const radio of byId(`lens-${name}`).querySelectorAll("input")) radio.checked = radio.value === value;
}
