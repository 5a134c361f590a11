// @ts-check
// Has what training added judged while somebody looks at it, and once at a run's end.

import { api } from "../net/api.js";
import { askNewest } from "../net/newest.js";
import { wantsAdded } from "../state/ending.js";
import { lastStep } from "../state/selectors.js";

/** @param {import("../store.js").Store} store */
export function mountAdded(store) {
  /** @typedef {{run: string, added: import("../net/answers.js").AddedAnswer}} Heard */
  /** @type {string | null} */
  let asked = null;
  /** @type {(question: () => Promise<Heard>) => void} */
  const askNext = askNewest(
    ({ run, added }) => store.dispatch({ type: "added_loaded", run, added }),
    () => store.state.run && store.dispatch({ type: "added_failed", run: store.state.run.id }),
  );
  store.subscribe((state) => {
    const { run } = state;
    const wanted = run && wantsAdded(state) ? `${run.id}/${state.view.mode}/${lastStep(state)}` : null;
    if (wanted === asked) return;
    asked = wanted;
    if (!run || wanted === null || state.added.upTo >= lastStep(state)) return;
    askNext(async () => {
      const { added } = store.state;
      return { run: run.id, added: await api.added(run.id, added.upTo) };
    });
  });
}
