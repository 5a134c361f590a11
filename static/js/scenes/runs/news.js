// @ts-check
// Learns of what other tabs and other people change: tabs of one browser say so, of others one asks.

const EVERY = 4000; // milliseconds; where nothing changed, the server answers in some bytes

export class News {
  #channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("filterscope-runs") : null;

  /** @param {import("../../store.js").Store} store @param {() => void} refresh */
  constructor(store, refresh) {
    const isLookedAt = () => store.state.view.scene === "runs" && !document.hidden;
    setInterval(() => isLookedAt() && refresh(), EVERY);
    document.addEventListener("visibilitychange", () => isLookedAt() && refresh());
    if (this.#channel) this.#channel.onmessage = () => store.state.view.scene === "runs" && refresh();
  }

  /** Says that something was changed here. */
  tell() {
    this.#channel?.postMessage("changed");
  }
}
