// @ts-check
// Which step to ask about while new ones keep coming: the same for all who watch, not too often.

const SECONDS_BETWEEN = 0.4;

/**
 * The first step known at or after the newest multiple of a power of two, which all viewers reckon
 * alike: so that a class asks for few steps, each of them many times.
 * @param {number[]} steps  known, in order
 * @param {number | null} perSecond  steps
 */
export function sharedStep(steps, perSecond) {
  const newest = steps.at(-1) ?? 0;
  const spacing = 2 ** Math.ceil(Math.log2(Math.max(1, (perSecond ?? 1) * SECONDS_BETWEEN)));
  const least = Math.floor(newest / spacing) * spacing;
  return steps.find((step) => step >= least) ?? newest;
}
