// @ts-check
// Where the run on the stage comes from, where that is another one's end; and since when something else
// computes it.

import { originOf, recomputedWords } from "../words/going_on.js";
import { byId, make } from "./elements.js";

/**
 * @param {import("../store.js").Store} store
 * @param {Pick<import("../types.js").Commands, "openRun">} commands
 */
export function mountOrigins(store, commands) {
  const line = byId("origins");
  let shown = "";
  store.subscribe(({ run, runs }) => {
    const [origin, recomputed] = run ? [originOf(run), recomputedWords(run)] : ["", ""];
    const before = run?.continues?.run ?? "";
    const name = runs.find(({ id }) => id === before)?.name ?? run?.described.name ?? "";
    const key = [origin, before, name, recomputed].join("\n");
    if (key === shown) return;
    shown = key;
    line.hidden = !origin && !recomputed;
    line.replaceChildren(recomputed);
    if (!origin) return;
    const open = () => commands.openRun(before);
    const link = make("button", { class: "link", type: "button", onclick: open }, make("bdi", {}, name));
    line.prepend(`${origin} `, link, recomputed ? ". " : ".");
  });
}
