// @ts-check
// A file of each of some runs: as it is for one, in a zip for more.

import { queryOf } from "../../export/query.js";
import { fetchExport } from "../../export/fetching.js";
import { storedZip } from "../../net/stored_zip.js";
import { initialState } from "../../state/initial.js";

/**
 * @typedef {import("../../types.js").Run} Run
 * @typedef {import("../../export/fetching.js").Download} Download
 */

export const MOST_FILES = 60;

/**
 * @param {Run[]} runs
 * @param {string} asked  as a button of the dialog of one run has it; a step is the last
 * @param {"point" | "comma"} decimal
 * @param {(done: number) => void} progress
 * @returns {Promise<Download & {failed: string[]}>}  `failed`: of which runs there is no such file, and why
 */
export async function fileOfEach(runs, asked, decimal, progress) {
  const query = queryOf(asked, initialState(), null, { decimal, background: "white" });
  if (runs.length === 1) return { ...(await fetchExport(runs[0].id, query)), failed: [] };
  /** @type {Download[]} */
  const found = [];
  const failed = [];
  for (const [at, run] of runs.entries()) {
    progress(at);
    try {
      found.push(await fetchExport(run.id, query));
    } catch (error) {
      failed.push(`“${run.name}”: ${/** @type {Error} */ (error).message}`);
    }
  }
  if (!found.length) throw new Error(failed[0]);
  const file = await storedZip(toldApart(found), () => {});
  return { file, name: `filterscope-${found.length}-runs-${query.get("format")}.zip`, failed };
}

/** Runs of one recipe have files of one name. @param {Download[]} files */
export function toldApart(files) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return files.map(({ file, name }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { file, name: count > 1 ? name.replace(/(\.[^.]*)?$/, ` (${count})$1`) : name };
  });
}
