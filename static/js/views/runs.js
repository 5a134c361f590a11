// @ts-check
// The runs there have been: open one, delete one, ask for more.

import { LIVE_STATUSES } from "../contract.js";
import { spoilOf } from "../state/run.js";
import { orientedAmong } from "../state/selectors.js";
import { byId, make, write } from "./elements.js";

/** @typedef {import("../types.js").Run} Run */

const SPOILED = { none: "", pixels: ", shuffled", labels: ", random labels" };
const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });
/** @type {Record<string, string>} */
const RESULTS = {
  queued: "next",
  running: "training",
  stalled: "standing still",
  stopping: "stopping",
  paused: "paused",
  stopped: "stopped",
  interrupted: "interrupted",
};

/** @param {Run} run */
export const runTitle = (run) => run.name + SPOILED[spoilOf(run)];

/** What became of a run, in a word or two. @param {Run} run */
function resultOf(run) {
  if (run.status === "finished" && run.filters) return `${orientedAmong(run.filters.labels)} edges`;
  if (run.status === "failed") return run.error?.code === "diverged" ? "diverged" : "failed";
  return RESULTS[run.status] ?? run.status;
}

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountRuns(store, commands) {
  const list = byId("runs");
  const more = byId("runs-more");
  more.onclick = () => commands.moreRuns();
  /** @type {Map<string, HTMLElement>} */
  let rows = new Map();
  store.subscribe((state, before) => {
    if (state.runs === before.runs && state.run === before.run && rows.size) return;
    more.hidden = state.runsCursor === null;
    const known = state.runs.map((run) => (run.id === state.run?.id ? state.run : run));
    const next = new Map(known.map((run) => [run.id, rows.get(run.id) ?? makeRow(run, commands)]));
    const changed = [...next.keys()].join() !== [...rows.keys()].join() || !list.children.length;
    rows = next;
    for (const run of known)
      fillRow(/** @type {HTMLElement} */ (rows.get(run.id)), run, run.id === state.run?.id, commands);
    if (changed) replaceRows(list, rows.size ? [...rows.values()] : [emptyRow()]);
  });
}

const emptyRow = () =>
  make("li", { class: "quiet empty" }, "None yet. Each one is kept here and can be replayed.");

/**
 * The keys stay where they are, or where that was, whatever went from there.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} rows
 */
function replaceRows(list, rows) {
  const active = document.activeElement;
  const place = [...list.children].findIndex((row) => row.contains(active));
  list.replaceChildren(...rows);
  if (place < 0) return;
  const near = rows[Math.min(place, rows.length - 1)].querySelector("button") ?? byId("main-button");
  const next = list.contains(active) ? active : near;
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
}

/** @param {Run} run @param {import("../types.js").Commands} commands */
function makeRow(run, commands) {
  const name = make(
    "button",
    { class: "name", type: "button", onclick: () => commands.openRun(run.id) },
    make("span", { class: "dot" }),
    make("span"),
    make("span", { class: "quiet result" }),
  );
  const remove = make("button", { class: "delete", type: "button" }, "✕");
  return make("li", { class: "run" }, name, remove);
}

/**
 * @param {HTMLElement} row
 * @param {Run} run
 * @param {boolean} open
 * @param {import("../types.js").Commands} commands
 */
function fillRow(row, run, open, commands) {
  const [dot, title, result] = /** @type {HTMLCollectionOf<HTMLElement>} */ (
    row.querySelector(".name")?.children
  );
  const remove = /** @type {HTMLButtonElement} */ (row.querySelector(".delete"));
  row.classList.toggle("open", open);
  if (open) row.firstElementChild?.setAttribute("aria-current", "page");
  else row.firstElementChild?.removeAttribute("aria-current");
  dot.dataset.status = run.status;
  write(title, runTitle(run));
  write(result, resultOf(run));
  remove.hidden = run.can.steer && LIVE_STATUSES.has(run.status);
  remove.onclick = () => commands.deleteRuns([run]);
  const begun = MOMENT.format(new Date(run.created_at)); // tells runs of one name apart
  remove.setAttribute("aria-label", `Delete ${runTitle(run)}, begun ${begun}`);
  /** @type {HTMLElement} */ (row.firstElementChild).title = `Begun ${begun}`;
}
