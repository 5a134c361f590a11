// @ts-check
// Which scenes are shown to a class as they are, and whether one is now: the address keeps it.

/** The others give way to the film. */
export const PRESENTED_THEMSELVES = new Set(["microscope", "draw", "twins"]);

/** @param {import("../types.js").View} view */
export const isPresented = ({ scene, details }) =>
  PRESENTED_THEMSELVES.has(scene) && details.presented === "1";

/** The details of a place without this one: whoever follows has a screen of their own.
 * @param {Record<string, string>} details */
export const unpresented = ({ presented: _, ...details }) => details;
