// @ts-check
// Where the run on the stage comes from, where that is another one's end; on which machine it trains, and
// since when something else computes it.

import { originOf, recomputedWords } from "../words/going_on.js";
import { hostWords } from "../words/known.js";
import { byId, make } from "./elements.js";

/**
 * @param {import("../store.js").Store} store
 * @param {Pick<import("../types.js").Commands, "openRun">} commands
 */
export function mountOrigins(store, commands) {
  const line = byId("origins");
  let shown = "";
  store.subscribe(({ run, runs }) => {
    const origin = run ? originOf(run) : "";
    const computed = run ? [hostWords(run), recomputedWords(run)].filter(Boolean).join(" ") : "";
    const before = run?.continues?.run ?? "";
    const name = runs.find(({ id }) => id === before)?.name ?? run?.described.name ?? "";
    const key = [origin, before, name, computed].join("\n");
    if (key === shown) return;
    shown = key;
    line.hidden = !origin && !computed;
    line.replaceChildren(computed);
    if (!origin) return;
    const open = () => commands.openRun(before);
    const link = make("button", { class: "link", type: "button", onclick: open }, make("bdi", {}, name));
    line.prepend(`${origin} `, link, computed ? ". " : ".");
  });
}
