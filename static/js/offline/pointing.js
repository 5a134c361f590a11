// @ts-check
// The mouse and the finger on the filters: pointing shows facts, a press opens.

import { byId } from "../views/elements.js";

/**
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
export function listenToPointer(store, commands) {
  const hover = (/** @type {number | null} */ filter) => store.dispatch({ type: "filter_hovered", filter });
  for (const id of ["montage", "before"]) {
    const root = byId(id);
    root.addEventListener(
      "pointerover",
      (/** @type {PointerEvent} */ event) => event.pointerType === "mouse" && hover(filterAt(event)),
    );
    root.addEventListener("pointerleave", () => hover(null));
    root.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      const filter = filterAt(event);
      if (filter === null) return;
      commands.chooseFilter(filter);
      commands.openFilter();
    });
  }
}

/** @param {Event} event @returns {number | null} */
function filterAt(event) {
  const tile = event.target instanceof Element ? event.target.closest(".tile") : null;
  return tile instanceof HTMLElement ? Number(tile.dataset.filter) : null;
}
