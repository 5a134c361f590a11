// @ts-check
// Copies a line or a whole script; says on the button what came of it.

import { sayDone } from "../../views/choices.js";

/** @param {string} text @param {HTMLElement} button */
async function copy(text, button) {
  const copied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  sayDone(button, copied ? "Copied" : "This page may not copy");
}

/** @param {import("./written.js").ShownLine} line @param {HTMLElement} button */
export const copyLine = ({ code }, button) => copy(code, button);

/**
 * @param {import("./written.js").CodeWritten | null} written
 * @param {string} library  keras, torch or curl
 * @param {HTMLElement} button
 */
export function copyScript(written, library, button) {
  if (!written) return sayDone(button, "One moment");
  const text = { keras: written.keras, torch: written.torch, curl: `${written.curl}\n` }[library];
  if (text) return copy(text, button);
  return sayDone(button, "Not this one");
}
