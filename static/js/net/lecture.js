// @ts-check
// What a teacher asks the class and has it draw. Draws nothing.

import { ask } from "./api.js";
import { ROOT } from "./root.js";

/**
 * @typedef {import("./answers.js").PollTold} Poll
 * @typedef {{poll: string, answered: number, tally: number[], followers: number}} Tally
 * @typedef {import("./answers.js").DrawingsTold} Drawings
 * @typedef {{kind: "poll", told: Poll | null} | {kind: "tally", told: Tally} |
 *   {kind: "drawings", told: Drawings | null}} News
 */

const KINDS = /** @type {const} */ (["poll", "tally", "drawings"]);
const LATER_MILLISECONDS = 2000;

export const lecture = {
  /** @param {string} leader @param {string} topic @param {string} run @returns {Promise<Poll>} */
  ask: (leader, topic, run) => ask("POST", "/teaching/poll", { leader, topic, run }),
  /** @param {string} leader @param {"open" | "closed" | "revealed"} state @returns {Promise<Poll>} */
  change: (leader, state) => ask("PATCH", "/teaching/poll", { leader, state }),
  /** @param {string} leader @returns {Promise<null>} */
  end: (leader) => ask("DELETE", `/teaching/poll?leader=${leader}`),
  /** @param {string} leader @param {boolean} isOpen @param {string} run @returns {Promise<Drawings>} */
  collect: (leader, isOpen, run) => ask("PUT", "/teaching/drawings", { leader, is_open: isOpen, run }),
  /** @param {string} leader @returns {Promise<import("./answers.js").DrawingsList>} */
  drawings: (leader) => ask("GET", `/teaching/drawings?leader=${leader}`),
  /** @param {string} leader @param {number} number @returns {Promise<null>} */
  remove: (leader, number) => ask("DELETE", `/teaching/drawings?leader=${leader}&number=${number}`),
  /** @param {string} leader @returns {Promise<null>} */
  clear: (leader) => ask("DELETE", `/teaching/drawings?leader=${leader}`),
};

/**
 * Hears how the class answers, as only who leads does, across lost connections.
 * @param {string} leader
 * @param {(news: News) => void} hear
 * @returns {() => void}  ends it
 */
export function listenAtDesk(leader, hear) {
  /** @type {EventSource | null} */
  let source = null;
  let timer = 0;

  function connect() {
    source = new EventSource(`${ROOT}api/teaching/events?leader=${leader}`);
    for (const kind of KINDS)
      source.addEventListener(kind, ({ data }) => hear({ kind, told: JSON.parse(data) }));
    source.onerror = () => {
      source?.close();
      timer = window.setTimeout(connect, LATER_MILLISECONDS);
    };
  }

  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
