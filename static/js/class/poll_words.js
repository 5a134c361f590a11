// @ts-check
// What a phone says of a question to the class, and of one's own answer to it.

/**
 * @typedef {{tally: number[], truth: number[], step: number, is_final: boolean, sentence: string}} PollResult
 * @typedef {{id: string, kind: "count" | "filter" | "choice", question: string,
 *   state: "open" | "closed" | "revealed", most: number, choices: string[], answered: number,
 *   result: PollResult | null}} Poll
 */

/** @param {Poll} poll @param {number} vote */
export function answerOf({ kind, choices }, vote) {
  if (kind === "filter") return `filter ${vote + 1}`;
  return kind === "choice" ? `“${choices[vote] ?? vote}”` : String(vote);
}

/**
 * @param {Poll} poll
 * @param {number | null} vote  that was counted
 * @param {number | null} chosen  by now
 */
export function buttonWords(poll, vote, chosen) {
  if (chosen === null) return "Answer";
  const verb = vote === null ? "Answer" : vote === chosen ? "Answered:" : "Change to";
  return `${verb} ${answerOf(poll, chosen)}`;
}

/** What holds of one's own answer. @param {Poll} poll @param {number | null} vote */
export function standing(poll, vote) {
  if (poll.state === "revealed") return revealed(poll, vote);
  const own = vote === null ? "" : `Your answer is ${answerOf(poll, vote)}. `;
  if (poll.state === "open") return `${own}You can change it until the reveal. No name is kept.`;
  const late = "It is too late to answer this one. ";
  return `${own || late}No more answers are taken; wait for the reveal.`;
}

/** @param {Poll} poll @param {number | null} vote */
function revealed(poll, vote) {
  const { result } = poll;
  if (!result) return "";
  const truth = result.truth.map((one) => answerOf(poll, one)).join(" or ");
  const is = result.is_final ? "it was" : "so far it is";
  const right = result.truth.reduce((sum, one) => sum + (result.tally[one] ?? 0), 0);
  const all = result.tally.reduce((sum, count) => sum + count, 0);
  const counts = all ? ` ${right} of ${all} said so.` : "";
  if (vote === null) return `You gave no answer; ${is} ${truth}.${counts}`;
  if (result.truth.includes(vote)) return `You said ${answerOf(poll, vote)}, and ${is}.${counts}`;
  return `You said ${answerOf(poll, vote)}; ${is} ${truth}.${counts}`;
}

/** @param {number} seconds  until it is tried again */
export const waiting = (seconds) =>
  `Many answer. Yours is sent again in ${seconds <= 1 ? "a second" : `${Math.ceil(seconds)} seconds`}.`;

export const LOST =
  "Your answer didn’t get through: the connection is lost. Press the button to send it again.";
