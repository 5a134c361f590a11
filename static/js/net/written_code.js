// @ts-check
// A run as code for other libraries, and what such a file is called.

import { api } from "./api.js";

/** @type {Record<string, string>} */
const NAMES = { keras: "network-keras.py", torch: "network-pytorch.py", curl: "run.sh" };

/**
 * @param {object} recipe
 * @param {string} library  keras, torch or curl
 * @returns {Promise<{text: string, name: string}>}
 */
export async function codeOf(recipe, library) {
  const written = await api.code(recipe);
  const text = { keras: written.keras, torch: written.torch, curl: `${written.curl}\n` }[library];
  if (!text) throw new Error(written.why ?? "There is no such code.");
  return { text, name: NAMES[library] };
}
