// @ts-check
// The kinds of events that a run's stream tells.

export const KINDS = [
  ...["run_started", "steps", "snapshot", "alert", "evaluated", "status_changed"],
  ...["learning_rate_changed", "run_finished", "run_stopped", "run_failed"],
];
/** Some of what was told is no more; what is left is told again from the first event. */
export const RESET = "reset";
export const LAST_KINDS = new Set(["run_finished", "run_stopped", "run_failed"]);
