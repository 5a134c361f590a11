// @ts-check
// The scene in which a network is built.

import { Builder } from "./builder.js";

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  const builder = new Builder(store, commands);
  store.subscribe((state) => state.view.scene === "build" && builder.open(state));
}
