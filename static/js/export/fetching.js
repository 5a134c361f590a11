// @ts-check
// Getting a file from the server, and what the server calls it. Draws nothing.

import { ApiError } from "../net/api.js";

/**
 * @typedef {{file: Blob, name: string}} Download
 */

/**
 * @param {string} run  id
 * @param {URLSearchParams} query
 * @returns {Promise<Download>}
 */
export async function fetchExport(run, query) {
  const response = await fetch(`/api/runs/${encodeURIComponent(run)}/export?${query}`).catch(() => null);
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
