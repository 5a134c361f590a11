// @ts-check
// What a phone says of a drawing: what the network answers, and whether the class has it.

/**
 * @typedef {{id: string, is_open: boolean, run: string, step: number, shape: [number, number, number],
 *   class_names: string[], count: number}} Drawings
 */

export const NOTHING = "Draw with a finger, a mouse or the arrow keys.";

/** @param {number} share */
const percent = (share) => `${Math.round(share * 100)} %`;

/**
 * @param {import("../net/phone.js").Outcome<import("../net/answers.js").DrawnAnswer>} outcome
 * @param {Drawings} drawings
 */
export function namedAs(outcome, { class_names: names }) {
  if (outcome.kind === "lost")
    return "The connection is lost; draw on, it is asked again with the next stroke.";
  if (outcome.kind === "refused") return outcome.message;
  if (outcome.kind === "wait") return busy(outcome.seconds);
  const { probabilities, reason } = outcome.told;
  if (!probabilities?.length) return reason ?? "The network names nothing.";
  const best = probabilities.indexOf(Math.max(...probabilities));
  return `The network says ${names[best] ?? best}, ${percent(probabilities[best])}.`;
}

/** @param {import("../net/phone.js").Outcome<{name: string, probability: number}>} outcome */
export function padNote(outcome) {
  if (outcome.kind === "lost")
    return "It didn’t get through: the connection is lost. Press the button again.";
  if (outcome.kind === "refused") return outcome.message;
  if (outcome.kind === "wait") return `Many are drawing. It is sent again in ${seconds(outcome.seconds)}.`;
  const { name, probability } = outcome.told;
  return `The class has it, as ${name}, ${percent(probability)}. You can hand in another in its place.`;
}

/** @param {number} wait */
const busy = (wait) => `Many are asking the network. It is asked again in ${seconds(wait)}.`;

/** @param {number} count */
const seconds = (count) => (count <= 1 ? "a second" : `${Math.ceil(count)} seconds`);
