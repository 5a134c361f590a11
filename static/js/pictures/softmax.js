// @ts-check
// Plain answers as shares that add up to 1.

/** @param {number[]} logits @returns {number[]} */
export function softmax(logits) {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((all, power) => all + power, 0);
  return powers.map((power) => power / sum);
}
