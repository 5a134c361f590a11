// @ts-check
// The pointer on the filters: pointing shows facts and a click opens;
// a finger, which can't point, chooses first.

import { byId } from "../views/elements.js";

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function listenToPointer(store, commands) {
  for (const id of ["montage", "before"]) {
    const root = byId(id);
    root.addEventListener("pointerover", (/** @type {PointerEvent} */ event) => {
      if (event.pointerType === "mouse") store.dispatch({ type: "filter_hovered", filter: filterAt(event) });
    });
    root.addEventListener("pointerleave", () => store.dispatch({ type: "filter_hovered", filter: null }));
    root.addEventListener("click", (/** @type {PointerEvent} */ event) => {
      const filter = filterAt(event);
      if (filter === null) return;
      const opens = event.pointerType !== "touch" || filter === store.state.view.filter;
      commands.chooseFilter(filter);
      if (opens) commands.openFilter();
    });
  }
}

/** @param {Event} event @returns {number | null} */
function filterAt(event) {
  const tile = event.target instanceof Element ? event.target.closest(".tile") : null;
  return tile instanceof HTMLElement ? Number(tile.dataset.filter) : null;
}
