// @ts-check
// What a run can be told while it trains. What came of it, its events tell.

import { api } from "../net/api.js";
import { isLive } from "../state/selectors.js";
import { asking } from "./asking.js";

/**
 * @param {import("../store.js").Store} store
 * @param {() => Promise<unknown>} start
 */
export function createSteering(store, start) {
  /** @param {string} what @param {import("../net/answers.js").RunChange} change */
  async function change(what, change) {
    const { run } = store.state;
    if (run && isLive(store.state)) await asking(store, what, () => api.change(run.id, change));
  }

  return {
    pause: () => change("pause", { status: "paused" }),
    resume: () => change("resume", { status: "running" }),
    stop: () => change("stop", { status: "stopped" }),
    /** An interrupted run is not live, and yet may go on. */
    async goOn() {
      const { run } = store.state;
      if (run) await asking(store, "go on", () => api.change(run.id, { status: "running" }));
    },
    async step() {
      if (store.state.run?.status === "running") return change("pause", { status: "paused" });
      if (!isLive(store.state)) await start();
      return change("step", { advance: 1 });
    },
  };
}
