// @ts-check
// How fast a run goes, and how long it still takes: said so that one can believe it, neither flickering
// with every batch nor jumping up again for a moment's delay.

/**
 * @typedef {import("../types.js").Pace} Pace
 * @typedef {import("../types.js").State} State
 */

/** How far back steps per second look, over how many arrivals at least, and how close two may lie. */
const WINDOW_MILLISECONDS = 10_000;
const FEWEST_ARRIVALS = 4;
const SPACING_MILLISECONDS = 250;
const FEWEST_MILLISECONDS = 1000;
/** A gap is a standstill where it is so long, and brought less than this share of what it should have. */
const STANDSTILL_MILLISECONDS = 3000;
const STANDSTILL_SHARE = 0.1;
/** How slowly the estimated end follows a change: by this share of what is left, within these bounds. */
const SETTLING_SHARE = 0.25;
const SETTLING_MILLISECONDS = [500, 8000];
/** What is left may be said to be more than before only where it is so by more than this share. */
const SLOWER = 0.15;
/** Up to so many seconds, what is left is told in steps of so many. */
const ROUNDED = [
  [20, 1],
  [60, 5],
  [180, 10],
  [600, 30],
  [Infinity, 60],
];

/** @param {number} step  where counting begins @returns {Pace} */
export const freshPace = (step) => ({ times: [], steps: [], from: step, end: null, left: null });

/**
 * Arrival times of the steps that are new; what is replayed from the log has no pace, and a pause
 * begins a new count.
 * @param {State} before
 * @param {State} state
 * @param {number} at  milliseconds
 * @returns {Pace}
 */
export function keepPace(before, state, at) {
  const { run } = state;
  if (!run || run.status !== before.run?.status) return freshPace(run?.step ?? 0);
  const last = Math.max(state.training.step.at(-1) ?? 0, state.frames.at(-1)?.step ?? 0);
  if (last <= state.pace.from || last === state.pace.steps.at(-1)) return state.pace;
  const pace = withoutStandstill(state.pace, last, at);
  const { times, steps } = arrivals(pace, last, at);
  const seen = { times, steps, from: pace.from };
  const span = at - times[0];
  if (span < FEWEST_MILLISECONDS || !run.total_steps) return { ...seen, end: null, left: null };
  const next = at + ((run.total_steps - last) * span) / (last - steps[0]);
  const end = pace.end === null ? next : followed(pace.end, next, at, at - (pace.times.at(-1) ?? at));
  return { ...seen, end, left: steady(pace.left, Math.max(0, end - at) / 1000) };
}

/**
 * The pace as if the time for which nothing trained hadn't passed: the process stopped, the computer asleep.
 * @param {Pace} pace @param {number} step @param {number} at
 * @returns {Pace}
 */
function withoutStandstill(pace, step, at) {
  const { times, steps, end } = pace;
  const gap = at - (times.at(-1) ?? at);
  if (gap < STANDSTILL_MILLISECONDS || times.length < 2) return pace;
  const perMillisecond = (steps[steps.length - 1] - steps[0]) / (times[times.length - 1] - times[0]);
  const usual = (step - steps[steps.length - 1]) / perMillisecond;
  if (!(usual < gap * STANDSTILL_SHARE)) return pace;
  const still = gap - usual;
  return { ...pace, times: times.map((time) => time + still), end: end === null ? null : end + still };
}

/**
 * The estimated end after so many milliseconds more of looking; all times in milliseconds.
 * @param {number} end
 * @param {number} next
 * @param {number} at
 * @param {number} passed
 */
function followed(end, next, at, passed) {
  const [least, most] = SETTLING_MILLISECONDS;
  const settling = Math.min(most, Math.max(least, (end - at) * SETTLING_SHARE));
  return end + (next - end) * (1 - Math.exp(-passed / settling));
}

/** @param {Pace} pace @param {number} step @param {number} at */
function arrivals({ times, steps }, step, at) {
  const recent = times.findIndex((time) => time > at - WINDOW_MILLISECONDS);
  const first = Math.max(0, Math.min(recent < 0 ? Infinity : recent, times.length - FEWEST_ARRIVALS));
  const isClose = times.length > 2 && at - times[times.length - 2] < SPACING_MILLISECONDS;
  const kept = isClose ? times.length - 1 : times.length;
  return { times: [...times.slice(first, kept), at], steps: [...steps.slice(first, kept), step] };
}

/**
 * What to say is left: rounded, and less than before unless it lasts much longer than was said.
 * @param {number | null} told
 * @param {number} seconds
 */
function steady(told, seconds) {
  const [, unit] = ROUNDED.find(([most]) => seconds <= most) ?? ROUNDED[ROUNDED.length - 1];
  const rounded = Math.max(1, Math.round(seconds / unit)) * unit;
  if (told === null || rounded < told) return rounded;
  return seconds > told * (1 + SLOWER) + unit ? rounded : told;
}

/** Steps per second over the last seconds, or null. @param {State} state */
export function stepsPerSecond({ run, pace }) {
  const { times, steps } = pace;
  const seconds = times.length > 2 ? (times[times.length - 1] - times[0]) / 1000 : 0;
  return run?.status === "running" && seconds > 0.2 ? (steps[steps.length - 1] - steps[0]) / seconds : null;
}

/** Seconds that are left, as they are told; null where nobody can know. @param {State} state */
export const secondsLeft = ({ run, pace }) => (run?.status === "running" ? pace.left : null);
