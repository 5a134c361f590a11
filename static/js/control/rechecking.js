// @ts-check
// Asks of an interrupted run whether what computes here would go on with it as before.

import { api } from "../net/api.js";

/** @param {import("../store.js").Store} store */
export function mountRechecking(store) {
  let asked = "";
  store.subscribe(async ({ run }) => {
    if (run?.status !== "interrupted" || run.source !== "own" || asked === run.id) return;
    asked = run.id;
    const told = await api.numerics(run.id).catch(() => null);
    if (told) store.dispatch({ type: "numerics_told", run: run.id, changes: told.changes });
  });
}
