// @ts-check
// Where the run on the stage comes from, where that is another one's end; on which machine it trains, and
// since when something else computes it.

import { originOf, recomputedWords, withoutWords } from "../words/going_on.js";
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
    const [origin, held] = run ? [originOf(run), withoutWords(run)] : ["", ""];
    const computed = run ? [hostWords(run), recomputedWords(run)].filter(Boolean).join(" ") : "";
    const before = run?.continues?.run ?? "";
    const name = runs.find(({ id }) => id === before)?.name ?? run?.described.name ?? "";
    const key = [origin, before, name, held, computed].join("\n");
    if (key === shown) return;
    shown = key;
    line.hidden = !origin && !held && !computed;
    line.replaceChildren([origin || !held ? "" : `${held}.`, computed].filter(Boolean).join(" "));
    if (!origin) return;
    const open = () => commands.openRun(before);
    const link = make("button", { class: "link", type: "button", onclick: open }, make("bdi", {}, name));
    line.prepend(`${origin} `, link, held, computed ? ". " : ".");
  });
}
