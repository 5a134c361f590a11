// @ts-check
// The words that the page uses, as the document of that name has them.

import { ROOT } from "./root.js";

/**
 * @typedef {{id: string, names: string[], text: string}} Entry  the first name is its title
 * @typedef {{title: string, entries: Entry[]}} Section
 */

/** @type {Promise<Section[]> | null} */
let asked = null;

/** @returns {Promise<Section[]>} */
export function glossary() {
  asked ??= ask().catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}

async function ask() {
  const answer = await fetch(`${ROOT}static/glossary.json`);
  if (!answer.ok) throw new Error("The glossary could not be fetched.");
  return (await answer.json()).sections;
}
