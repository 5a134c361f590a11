// @ts-check
// Asking the server about the class: the link to join by, where the teacher looks. Draws nothing.

import { ApiError, ask } from "./api.js";
import { openLine } from "./shared/line.js";
import { TeacherEvents } from "./shared/teacher_events.js";
import { ROOT } from "./root.js";

/** @typedef {Required<import("./answers.js").Place>} TaughtPlace */

const LATER_MILLISECONDS = 2000;

export const teaching = {
  /** @param {string} path @returns {Promise<import("./answers.js").JoinLink>} */
  join: (path) => ask("GET", `/join?path=${encodeURIComponent(path)}`),
  /** Where the code is drawn. @param {string} path */
  codeOf: (path) => `${ROOT}api/join.svg?path=${encodeURIComponent(path)}`,
  /**
   * @param {TaughtPlace} place
   * @param {string} leader
   * @param {boolean} begins
   * @returns {Promise<import("./answers.js").Teaching>}
   */
  lead: (place, leader, begins) => ask("PUT", "/teaching", { ...place, leader, begins }),
  /** @param {string} leader @returns {Promise<import("./answers.js").Teaching>} */
  look: (leader) => ask("GET", `/teaching?leader=${leader}`),
  /** Gets through even while the page is being closed. @param {string} leader */
  leave: (leader) =>
    fetch(`${ROOT}api/teaching?leader=${leader}`, { method: "DELETE", keepalive: true }).catch(() => {}),
};

/** Whether it was another window that took the lead. @param {unknown} error */
export const isLedElsewhere = (error) => error instanceof ApiError && error.code === "led_elsewhere";

/**
 * Hears where the teacher looks, across lost connections.
 * @param {{onPlace: (place: TaughtPlace | null) => void, onLost: () => void}} listener
 */
export function followTeacher({ onPlace, onLost }) {
  /** @type {import("./shared/line.js").Line | null} */
  let line = null;
  let timer = 0;

  function connect() {
    line = openLine({ ask: "follow" }, hear, () => new TeacherEvents(hear));
  }

  /** @param {{kind: string, text: string}} news */
  function hear({ kind, text }) {
    if (kind === "place") return onPlace(JSON.parse(text));
    if (kind === "nobody") return onPlace(null);
    line?.close();
    timer = window.setTimeout(connect, LATER_MILLISECONDS);
    onLost();
  }

  connect();
  return () => {
    clearTimeout(timer);
    line?.close();
  };
}
