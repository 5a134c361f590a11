// @ts-check
// Costs as they might have come out with other test pictures: how far what is said of them holds.

const DRAWS = 400;
const SURE = 0.975;
/** So many standard deviations lie between the 2.5 and the 97.5 % quantile of a normal spread. */
const WIDTH = 2 * 1.959964;

/** @typedef {import("../../net/answers.js").AblatedFilter} AblatedFilter */

/**
 * Whether something is so of nearly all redraws of the costs, and of the costs themselves.
 * @param {Pick<AblatedFilter, "drop" | "low" | "high">[]} filters
 * @param {(costs: number[]) => boolean} isSo
 */
export function holdsInRedraws(filters, isSo) {
  if (!isSo(filters.map(({ drop }) => drop))) return false;
  const normal = normals();
  let held = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const costs = filters.map(({ drop, low, high }) => drop + ((high - low) / WIDTH) * normal());
    if (isSo(costs)) held++;
  }
  return held >= SURE * DRAWS;
}

/** Standard normal numbers (Box and Muller 1958), the same each time, so that words don't flicker. */
function normals() {
  let seed = 1;
  const uniform = () => {
    seed = (seed * 48271) % 0x7fffffff; // Park and Miller 1988; exact below 2⁵³
    return seed / 0x7fffffff;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
