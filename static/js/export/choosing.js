// @ts-check
// What is chosen in “Take it with you” for several of its files.

import { byId } from "../views/elements.js";

/** @typedef {import("./query.js").Choices} Choices */

/**
 * The sign before decimals where one speaks like that; a point where the browser names no language that there
 * is, as WebKit does with the system's `C`.
 * @param {string} language
 * @returns {"point" | "comma"}
 */
export function decimalOf(language) {
  try {
    return new Intl.NumberFormat(language).format(0.5).includes(",") ? "comma" : "point";
  } catch {
    return "point";
  }
}

/** Chooses what suits this browser's language; once, for then somebody may have chosen otherwise. */
export function chooseByLanguage() {
  const group = byId("export-decimal");
  if (group.dataset.chosen) return;
  group.dataset.chosen = "yes";
  inputOf("export-decimal", decimalOf(navigator.language)).checked = true;
}

/** @returns {Choices} */
export const choices = () => ({
  decimal: /** @type {Choices["decimal"]} */ (chosenIn("export-decimal")),
  background: /** @type {Choices["background"]} */ (chosenIn("export-background")),
});

/** What pictures of the view stand on. @returns {import("./ground.js").Ground} */
export const groundOfView = () => /** @type {import("./ground.js").Ground} */ (chosenIn("export-ground"));

/** @param {string} id */
const chosenIn = (id) => byId(id).querySelector("input:checked").value;

/** @param {string} id @param {string} value @returns {HTMLInputElement} */
const inputOf = (id, value) => byId(id).querySelector(`input[value="${value}"]`);
