// @ts-check
// What a table of runs asks: pages of a list from any place on, strips of filters, courses, deletions.

import { ask } from "./api.js";

/** @typedef {import("./answers.js").RunList} RunList */

export const runTable = {
  /**
   * @param {string} query  of the list
   * @param {number} offset  how many come before
   * @param {number} limit
   * @returns {Promise<RunList & {runs: import("../types.js").Run[]}>}
   */
  page: (query, offset, limit) => ask("GET", `/runs?${query}&offset=${offset}&limit=${limit}`),
  /** @param {string[]} ids @param {number} filters @returns {Promise<import("./answers.js").StripList>} */
  strips: (ids, filters) => ask("GET", `/runs/strips?runs=${ids.join()}&filters=${filters}`),
  /** @param {string} id @returns {Promise<import("./answers.js").CoursesAnswer>} */
  courses: (id) => ask("GET", `/runs/${encodeURIComponent(id)}/courses`),
  /** @param {string[]} ids @returns {Promise<import("./answers.js").DeletionAnswer>} */
  remove: (ids) => ask("POST", "/deletions", { runs: ids }),
  /** With all its runs. @param {string} sweep @returns {Promise<import("./answers.js").DeletionAnswer>} */
  removeSweep: (sweep) => ask("POST", "/deletions", { sweep }),
  /** @param {string} deletion @returns {Promise<null>} */
  takeBack: (deletion) => ask("DELETE", `/deletions/${deletion}`),
};
