// @ts-check
// The pair in words: what differs between the recipes, and where each run stands.

import { comparableRuns, shapeOf } from "../../state/comparable.js";
import { canRerun } from "../../state/known.js";
import { hasLabelsIn } from "../../state/objective.js";
import { LIVE_STATUSES } from "../../contract.js";
import { UNKNOWN } from "../../words/known.js";
import { grouped } from "../../words/numbers.js";
import { stepNamed, stepReached } from "../../words/steps.js";
import { differencesOf } from "./differences.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../types.js").Run} Run
 * @typedef {import("../../state/pair.js").Pair} Pair
 */

/** @param {State} state @param {Pair | null} pair @param {boolean} sameStart @returns {string} */
export function titleOf(state, pair, sameStart) {
  if (!pair) return canRerun(state) ? "What if one thing were different?" : "Another run beside this one.";
  if (!isKnown(pair)) return "Two runs, side by side.";
  const { changes, others } = differencesIn(pair);
  if (!changes.length && !others.length) return "The same recipe twice.";
  if (changes.length + others.length > 1) return "Two runs that differ in more than one thing.";
  const what = changes[0]?.title ?? others[0];
  return sameStart ? `Same start, one difference: ${what}.` : `One difference: ${what}.`;
}

/** @param {State} state @param {Pair | null} pair @returns {string} */
export function underOf(state, pair) {
  if (!pair) return invitation(state);
  if (!isKnown(pair)) return "Nobody here knows how one of them was trained, so the difference is unknown.";
  return differenceWords(pair);
}

/** @param {Pair} pair  of which it is known how both were trained */
function differenceWords(pair) {
  const { changes, others } = differencesIn(pair);
  if (!changes.length && !others.length)
    return "Nothing differs, not even the seed: both runs end with the same numbers, to the last digit.";
  if (changes.length + others.length > 1)
    return (
      `They differ in: ${[...changes.map(({ title }) => title), ...others].join(", ")}. What follows ` +
      "from which can’t be told."
    );
  if (!changes.length) return "All else is the same.";
  const [change] = changes;
  const hasOtherWindows = change.key === "size" && !hasLabelsIn(recipe(pair.a));
  const same =
    change.key === "pixels" || hasOtherWindows ? "" : " Both runs see the same pictures in the same order.";
  return change.sentence(recipe(pair.a), recipe(pair.b)) + same;
}

/** @param {State} state */
function invitation(state) {
  if (state.twin?.missing)
    return (
      "The second run of this link is no longer on this server. Choose a difference, and a new one is " +
      "trained."
    );
  if (state.view.details.with && state.view.details.with === state.run?.id)
    return "The link names the same run twice. Choose a difference, and a second one is trained.";
  if (state.view.details.with && state.twin === null) return "Looking for the second run…";
  if (!canRerun(state)) return `${UNKNOWN.recipe} ${offerWords(state)}`;
  const first = state.run ? "A second run is trained" : "Two runs are trained";
  return (
    `Choose a difference. ${first} here and now, from the same seed, equal in all else; then one ` +
    "scrubber moves both."
  );
}

/** @param {State} state */
function offerWords(state) {
  if (comparableRuns(state).length)
    return "But it can stand beside one that begins with filters like its own.";
  const shape = shapeOf(state.run) ?? [];
  const filters = shape.at(-1);
  if (filters === undefined) return "No other run here begins with filters like its own.";
  const size = shape.slice(0, -1).join("×");
  return `No other run here begins with ${grouped(filters)} filters of ${size}, as it does.`;
}

/** What a run is called beside the other. @param {Pair} pair @param {"a" | "b"} side */
export function nameOf(pair, side) {
  const { changes, others } = differencesIn(pair);
  const one = changes.length === 1 && !others.length ? changes[0] : null;
  return one ? one.name(recipe(pair[side])) : (pair[side].run?.name ?? "");
}

/**
 * Where a run stands, unless it has simply ended.
 * @param {State} state
 * @param {State} other
 * @returns {string}
 */
export function standing(state, other) {
  const { run, missing, connection } = state;
  if (missing) return "deleted meanwhile";
  if (!run) return "";
  if (connection.status === "lost") return `connection lost at ${stepNamed(run, run.step)}, trying again`;
  if (run.status === "queued")
    return LIVE_STATUSES.has(other.run?.status ?? "")
      ? "waits for the other run to end"
      : "waits for its turn";
  if (run.status === "running" && !state.frames.length) return "getting the pictures ready";
  const where = stepReached(run);
  /** @type {Record<string, string>} */
  const words = {
    running: `trains: ${where}`,
    paused: `paused at ${where}`,
    stalled: `stands still at ${where}`,
    stopping: "stopping",
    stopped: `stopped at ${where}`,
    failed: `broke at ${stepNamed(run, run.step)}`,
    interrupted: `interrupted at ${where}`,
  };
  return words[run.status] ?? "";
}

/** What differs; nothing where nobody knows. @param {Pair} pair */
export function differencesIn(pair) {
  if (!isKnown(pair)) return { changes: [], others: [] };
  const { changes, others } = differencesOf(recipe(pair.a), recipe(pair.b));
  const isSameBegin = beginOf(pair.a) === beginOf(pair.b);
  return { changes, others: isSameBegin ? others : [...others, "where they begin"] };
}

/** Of which run, from which step and with how much of it it goes on. @param {State} state */
const beginOf = ({ run }) =>
  run?.continues ? [run.continues.run, run.continues.step, run.continues.weights_only].join(" ") : "";

/** Whether it is known how both were trained. @param {Pair} pair */
const isKnown = ({ a, b }) => Boolean(a.run?.recipe && b.run?.recipe);

/** @param {State} state  of a pair that is known */
const recipe = (state) => /** @type {import("../../types.js").Recipe} */ (state.run?.recipe);
