// @ts-check
// A file handed to the browser, as a link would.

import { make } from "../views/elements.js";

const KEEP_MILLISECONDS = 60_000;

/** @param {Blob} file @param {string} name */
export function save(file, name) {
  const href = URL.createObjectURL(file);
  const link = make("a", { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), KEEP_MILLISECONDS);
}
