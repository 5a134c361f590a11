// @ts-check
// Questions that follow the scrubber: about something else at once, about another step when the film rests.

import { askNewest } from "./newest.js";

const RESTED_MILLISECONDS = 150;
/** While training goes on nothing rests; then it is asked this often. */
const LIVE_MILLISECONDS = 400;

/**
 * @template {{step: number | string, live: boolean, moving: boolean}} Wanted  live: new steps keep coming;
 *   moving: so does the film, under a hand or replayed
 * @template Answer
 * @param {object} question
 * @param {(wanted: Wanted) => string} question.about  equal where two differ in their step alone
 * @param {(wanted: Wanted) => Promise<Answer>} question.ask
 * @param {(answer: Answer) => void} hear
 * @param {(error: Error) => void} fail
 * @returns {(wanted: Wanted) => void}
 */
export function askAtRest({ about, ask }, hear, fail) {
  /** @type {(question: () => Promise<Answer>) => void} */
  const askNext = askNewest(hear, fail);
  /** @type {Wanted | null} */
  let newest = null;
  const rest = afterRest(() => {
    const wanted = /** @type {Wanted} */ (newest);
    askNext(() => ask(wanted));
  });

  return (wanted) => {
    const before = newest;
    newest = wanted;
    if (!before || about(before) !== about(wanted)) rest.now();
    else if (wanted.moving) rest.wait();
    else if (before.step !== wanted.step || before.moving) rest.later(wanted.live);
  };
}

/** @param {() => void} fire */
function afterRest(fire) {
  let timer = 0;

  function wait() {
    clearTimeout(timer);
    timer = 0;
  }

  function now() {
    wait();
    fire();
  }

  return {
    now,
    wait,
    /** @param {boolean} live */
    later(live) {
      if (timer && live) return;
      clearTimeout(timer);
      timer = window.setTimeout(now, live ? LIVE_MILLISECONDS : RESTED_MILLISECONDS);
    },
  };
}
