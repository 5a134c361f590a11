// @ts-check
// Sends files of weights to be opened: one as it is, several as a film. Draws nothing.

import { ApiError, ask } from "./api.js";
import { refusedInFrame } from "./framed.js";
import { ROOT } from "./root.js";

/**
 * @typedef {import("./answers.js").OpenedFiles} OpenedFiles
 * @typedef {{name: string, file: File}} Named  with the folders that it lies in, as far as they were told
 */

/**
 * Throws ApiError where nothing could be opened.
 * @param {Named[]} files
 * @param {(sent: number) => void} onProgress  called with the bytes that are through
 * @returns {Promise<OpenedFiles>}
 */
export async function openFiles(files, onProgress) {
  const refused = refusedInFrame("POST", "/open");
  if (refused) throw new ApiError(403, refused);
  if (files.length === 1) return sent(files[0], "", onProgress);
  const film = crypto.randomUUID ? crypto.randomUUID() : randomHex();
  /** @type {{name: string, why: string}[]} */
  const unread = [];
  let before = 0;
  for (const named of files) {
    try {
      await sent(named, film, (bytes) => onProgress(before + bytes));
    } catch (problem) {
      if (!(problem instanceof ApiError) || problem.status < 400 || problem.status >= 500) throw problem;
      unread.push({ name: named.name, why: problem.message.replace(/\.$/, "") });
    }
    before += named.file.size;
  }
  if (unread.length === files.length)
    throw new ApiError(422, { code: "unreadable", message: `${unread[0].name}: ${unread[0].why}.` });
  /** @type {OpenedFiles} */
  const opened = await ask("POST", "/open", { film });
  return { ...opened, left_out: [...unread, ...opened.left_out] };
}

/**
 * `fetch` doesn't say how far it is.
 * @param {Named} named
 * @param {string} film
 * @param {(sent: number) => void} onProgress
 * @returns {Promise<OpenedFiles>}
 */
function sent({ name, file }, film, onProgress) {
  const query = new URLSearchParams(film ? { name, film } : { name });
  const request = new XMLHttpRequest();
  request.open("POST", `${ROOT}api/open?${query}`);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.responseType = "json";
  request.upload.onprogress = ({ loaded }) => onProgress(loaded);
  return new Promise((resolve, reject) => {
    request.onload = () =>
      request.status < 400 ? resolve(request.response) : reject(refusal(request.status, request.response));
    request.onerror = () =>
      reject(new ApiError(0, { code: "unreachable", message: "The server ended the connection." }));
    request.send(file);
  });
}

/** @param {number} status @param {{error?: {code: string, message: string}} | null} answer */
const refusal = (status, answer) =>
  new ApiError(status, answer?.error ?? { code: "unknown", message: `The server answered ${status}.` });

/** Where the page has no secure origin, a browser makes no UUID. */
const randomHex = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
