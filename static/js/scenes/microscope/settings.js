// @ts-check
// How the filter is laid on: border, stride, flipped or not, and which light is shown.

import { byId, make, onChoice } from "../../views/elements.js";
import { changeDetails } from "../../control/details.js";

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
  listen("border", (value) => (value === specimen()?.own.padding ? "" : value));
  listen("stride", (value) => (Number(value) === specimen()?.own.strides ? "" : value));
  listen("act");
  listen("flip");
  listen("channel", (value) => (value === "0" ? "" : value));
}

/** @param {import("./specimen.js").Specimen} specimen */
export function drawSettings({ task, own, channel, textbook, learns }) {
  const { laying, kernel } = task;
  byId("lens-act").hidden = textbook;
  byId("lens-laying").hidden = byId("lens-apply").hidden = learns;
  byId("lens-slide").hidden = learns;
  byId("lens-lesson").hidden = !learns;
  check("act", learns ? "learn" : "");
  offerStrides([...new Set([1, 2, own.strides])].sort((one, other) => one - other));
  check("border", laying.padding);
  check("stride", String(laying.strides));
  check("flip", laying.flip ? "1" : "");
  check("channel", String(channel));
  byId("lens-channel").hidden = kernel.shape[2] !== 3;
}

/** @param {number[]} strides */
function offerStrides(strides) {
  const root = byId("lens-stride");
  if (root.dataset.offered === strides.join()) return;
  root.dataset.offered = strides.join();
  const choices = strides.map((stride) =>
    make(
      "label",
      {},
      make("input", { type: "radio", name: "lens-stride", value: String(stride) }),
      make("span", {}, String(stride)),
    ),
  );
  root.replaceChildren(/** @type {Node} */ (root.firstElementChild), ...choices);
}

/** @param {string} name @param {string} value */
function check(name, value) {
  for (const radio of byId(`lens-${name}`).querySelectorAll("input")) radio.checked = radio.value === value;
}
