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
 * Null where there is none.
 * @param {import("./written.js").CodeWritten} written
 * @param {string | undefined} library  keras, torch or curl
 */
export const scriptOf = ({ keras, torch, curl }, library) =>
  ({ keras, torch, curl: `${curl}\n` })[library ?? ""] ?? null;

/**
 * @param {import("./written.js").CodeWritten | null} written
 * @param {string} library  keras, torch or curl
 * @param {HTMLElement} button
 */
export function copyScript(written, library, button) {
  const text = written && scriptOf(written, library);
  return text ? copy(text, button) : sayDone(button, "One moment");
}
