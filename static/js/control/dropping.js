// @ts-check
// Files that are dropped on the page, or chosen: what opens them is fetched with the first one.

import { byId } from "../views/elements.js";
import { chosenFiles, droppedFiles } from "./dropped_files.js";

/** @typedef {import("../net/uploading.js").Named} Named */

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountDropping(store, commands) {
  /** One after the other. */
  let opened = Promise.resolve();
  const open = (/** @type {Promise<Named[]>} */ files) => {
    opened = opened.then(async () => openAll(await files, store, commands));
  };
  for (const input of ["file-input", "folder-input"]) listenToChoice(open, input);
  listenToDrops(open);
}

/** @param {(files: Promise<Named[]>) => void} open @param {string} id */
function listenToChoice(open, id) {
  const input = byId(id);
  input.onchange = () => {
    if (!input.files?.length) return;
    open(Promise.resolve(chosenFiles(input.files)));
    input.value = "";
  };
  input.dispatchEvent(new Event("change")); // what was chosen before this was wired
}

/** Scenes that take pictures have them first. @param {(files: Promise<Named[]>) => void} open */
function listenToDrops(open) {
  const show = (/** @type {boolean} */ isOver) => document.body.classList.toggle("file-over", isOver);
  document.addEventListener("dragover", (event) => {
    const isFile = event.dataTransfer?.types.includes("Files") ?? false;
    show(isFile && !event.defaultPrevented);
    if (isFile) event.preventDefault();
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => relatedTarget ?? show(false));
  document.addEventListener("drop", (event) => {
    show(false);
    if (event.defaultPrevented || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    open(droppedFiles(event.dataTransfer));
  });
}

/**
 * @param {Named[]} files
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
async function openAll(files, store, commands) {
  if (!files.length) return;
  const { opening } = await import("./opening.js");
  for (const { name, run } of await opening(files, commands)) {
    try {
      await run();
    } catch (problem) {
      const why = /** @type {Error} */ (problem).message.replace(/\.$/, "");
      store.dispatch({ type: "request_failed", message: `${name} can’t be opened: ${why}.` });
    }
  }
}
