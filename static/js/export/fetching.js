// @ts-check
// Getting a file from the server, and what the server calls it. Draws nothing.

import { ApiError } from "../net/api.js";
import { ROOT } from "../net/root.js";

/**
 * @typedef {{file: Blob, name: string}} Download
 */

/** @param {string} run  id @param {URLSearchParams} query @param {AbortSignal} [signal] */
export const fetchExport = (run, query, signal) =>
  fetchFile(`${ROOT}api/runs/${encodeURIComponent(run)}/export?${query}`, signal);

/** Runs as a site, in a zip. @param {string[]} runs  ids @param {string} title  its own unless said */
export function fetchSite(runs, title) {
  const query = new URLSearchParams(runs.map((run) => ["run", run]));
  if (title) query.set("title", title);
  return fetchFile(`${ROOT}api/publish?${query}`);
}

/** @param {string} path @param {AbortSignal} [signal] @returns {Promise<Download>} */
async function fetchFile(path, signal) {
  const response = await fetch(path, { signal }).catch(() => null);
  signal?.throwIfAborted();
  if (!response)
    throw new ApiError(0, { code: "unreachable", message: "The server does not answer. Is it running?" });
  if (!response.ok) {
    const told = await response.json().catch(() => null);
    throw new ApiError(
      response.status,
      told?.error ?? { code: "unknown", message: `The server answered ${response.status}.` },
    );
  }
  return { file: await response.blob(), name: nameIn(response.headers.get("Content-Disposition")) };
}

/** @param {string | null} disposition */
const nameIn = (disposition) => /filename="([^"]+)"/.exec(disposition ?? "")?.[1] ?? "filterscope";
