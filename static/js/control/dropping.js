// @ts-check
// Files that are dropped on the page, or chosen: what opens them is fetched with the first one.

import { byId } from "../views/elements.js";

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountDropping(store, commands) {
  /** One after the other. */
  let opened = Promise.resolve();
  const open = (/** @type {FileList | undefined | null} */ files) => {
    const chosen = [...(files ?? [])];
    if (chosen.length) opened = opened.then(() => openAll(chosen, store, commands));
  };
  listenToChoice(open);
  listenToDrops(open);
}

/** @param {(files: FileList) => void} open */
function listenToChoice(open) {
  const input = byId("file-input");
  input.onchange = () => {
    open(input.files);
    input.value = "";
  };
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-open-file]")) input.click();
  });
}

/** Scenes that take pictures have them first. @param {(files: FileList | undefined) => void} open */
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
    open(event.dataTransfer.files);
  });
}

/**
 * @param {File[]} files
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
async function openAll(files, store, commands) {
  const { inOrder, Opening } = await import("./opening.js");
  for (const file of await inOrder(files)) {
    try {
      await new Opening(file, commands).run();
    } catch (problem) {
      const why = /** @type {Error} */ (problem).message.replace(/\.$/, "");
      store.dispatch({ type: "request_failed", message: `${file.name} can’t be opened: ${why}.` });
    }
  }
}
