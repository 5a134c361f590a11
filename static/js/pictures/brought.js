// @ts-check
// The picture that somebody brought: chosen, dropped or pasted. All scenes look at the same one.

import { openPicture } from "./opened.js";

/**
 * @typedef {{opened: import("./opened.js").Opened, number: number}} Brought  the how-manieth it is
 */

/** What stands for it in the address, which cannot hold it. */
export const BROUGHT = "brought";

/** @type {{picture: Brought | null, problem: string}} */
export const table = { picture: null, problem: "" };
let count = 0;

/**
 * @typedef {object} Ways
 * @property {HTMLElement} scene  on all of which pictures may be dropped
 * @property {HTMLElement} button
 * @property {HTMLInputElement} input  of files
 * @property {() => boolean} isOpen  whether a picture may come now
 * @property {() => void} hear  called when one came, or could not be read
 */

/** Listens for pictures to come. @param {Ways} ways */
export function listenToPictures({ scene, button, input, isOpen, hear }) {
  const take = async (/** @type {File | undefined} */ file) => {
    if (file && (await isTaken(file))) hear();
  };
  button.onclick = () => input.click();
  input.onchange = () => {
    take(input.files?.[0]);
    input.value = "";
  };
  scene.addEventListener("dragover", (event) => {
    const isPicture = [...(event.dataTransfer?.items ?? [])].some(({ type }) => type.startsWith("image/"));
    if (isPicture && isOpen()) event.preventDefault();
  });
  scene.addEventListener("drop", (event) => {
    const file = pictureAmong(event.dataTransfer);
    if (!file || !isOpen()) return;
    event.preventDefault();
    take(file);
  });
  document.addEventListener("paste", ({ clipboardData }) => isOpen() && take(pictureAmong(clipboardData)));
}

/** @param {DataTransfer | null} data */
const pictureAmong = (data) => [...(data?.files ?? [])].find(({ type }) => type.startsWith("image/"));

/** Reads a file; a newer one wins over an older that takes longer. @param {File} file */
async function isTaken(file) {
  const number = ++count;
  try {
    const opened = await openPicture(file);
    if (number === count) Object.assign(table, { picture: { opened, number }, problem: "" });
  } catch (error) {
    if (number === count) table.problem = /** @type {Error} */ (error).message;
  }
  return number === count;
}
