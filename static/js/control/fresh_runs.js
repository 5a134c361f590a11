// @ts-check
// Notices a program that begins to train while the page is open, and offers to show it; and hears that the
// one whose training is shown lives.

import { api } from "../net/api.js";
import { isWatched } from "../state/watched.js";
import { byId, make } from "../views/elements.js";

/** @typedef {import("../types.js").Run} Run */

const LOOK_MILLISECONDS = 6000;
const LOOKED_AT = 6;

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountFreshRuns(store, commands) {
  const fresh = new FreshRuns(store, commands);
  setInterval(() => document.hidden || fresh.look(), LOOK_MILLISECONDS);
}

class FreshRuns {
  /** @type {Set<string>} */
  #known;

  /** @param {import("../store.js").Store} store @param {import("../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    this.box = byId("offer");
    this.#known = new Set(store.state.runs.map(({ id }) => id));
    store.subscribe(({ run }) => run?.id === this.box.dataset.run && this.#hide());
  }

  async look() {
    const page = await api.runs(LOOKED_AT).catch(() => null);
    this.#hear(page?.runs ?? []);
    const fresh = page?.runs.filter(({ id }) => !this.#known.has(id)) ?? [];
    if (!fresh.length) return;
    for (const { id } of fresh) this.#known.add(id);
    this.commands.loadRuns();
    const { run: shown, view } = this.store.state;
    const called = fresh.find(
      (run) => isWatched({ run }) && run.status === "running" && run.id !== shown?.id,
    );
    if (called && view.scene !== "own") this.#offer(called);
  }

  /** @param {Run[]} newest */
  async #hear(newest) {
    const { run: shown } = this.store.state;
    if (!shown || !isWatched({ run: shown }) || shown.status !== "running") return;
    const run = newest.find(({ id }) => id === shown.id) ?? (await api.run(shown.id).catch(() => null));
    if (run) this.store.dispatch({ type: "program_heard", run, at: performance.now() });
  }

  /** @param {Run} run */
  #offer(run) {
    const show = () => {
      this.commands.openRun(run.id).then(() => this.commands.openScene("live"));
      this.#hide();
    };
    const link = (/** @type {string} */ words, /** @type {() => void} */ onclick) =>
      make("button", { class: "link", type: "button", onclick }, words);
    this.box.dataset.run = run.id;
    this.box.replaceChildren(
      make("strong", {}, make("bdi", {}, run.name)),
      " began to train in your program. ",
      link("Show it", show),
      " · ",
      link("Not now", () => this.#hide()),
    );
    this.box.hidden = false;
  }

  #hide() {
    this.box.hidden = true;
    delete this.box.dataset.run;
  }
}
