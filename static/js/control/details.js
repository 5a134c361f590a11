// @ts-check
// What a scene alone knows, as the address keeps it.

/**
 * Replaces some of a scene's details; empty ones go.
 * @param {import("../store.js").Store} store
 * @param {Record<string, string>} changes
 */
export function changeDetails(store, changes) {
  const { scene, details } = store.state.view;
  const kept = Object.entries({ ...details, ...changes }).filter(([, text]) => text !== "");
  store.dispatch({ type: "scene_opened", scene, details: Object.fromEntries(kept) });
}
