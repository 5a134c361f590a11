// @ts-check
// Sends pictures to become a data set, and tells how far that is. Draws nothing.

import { ApiError, api } from "./api.js";
import { refusedInFrame } from "./framed.js";
import { ROOT } from "./root.js";

const LOOK_MILLISECONDS = 400;

/**
 * @typedef {import("./answers.js").DatasetAnswer} DatasetAnswer
 * @typedef {{phase: "packed" | "sent" | "read", done: number, total: number}} HowFar  files, bytes, pictures
 */

/**
 * Throws ApiError where the server won't have them.
 * @param {Record<string, string>} query  name, size, channels, fit, background, file
 * @param {Blob} content  a zip or an .npz
 * @param {(howFar: HowFar) => void} tell
 * @param {AbortSignal} signal  ends it, here and at the server
 * @returns {Promise<DatasetAnswer>}
 */
export async function sendPictures(query, content, tell, signal) {
  const refused = refusedInFrame("POST", "/datasets");
  if (refused) throw new ApiError(403, refused);
  const request = new XMLHttpRequest();
  const answered = new Promise((resolve, reject) => {
    request.onload = () => resolve(null);
    request.onabort = () => reject(new ApiError(0, { code: "cancelled", message: "Nothing was added." }));
    request.onerror = () =>
      reject(new ApiError(0, { code: "unreachable", message: "The server does not answer. Is it running?" }));
  });
  request.upload.onprogress = ({ loaded, total }) => tell({ phase: "sent", done: loaded, total });
  signal.addEventListener("abort", () => request.abort());
  const said = Object.entries(query).filter(([, value]) => value !== "");
  request.open("POST", `${ROOT}api/datasets?${new URLSearchParams(said)}`);
  request.responseType = "json";
  const looking = setInterval(() => look(query.name, tell), LOOK_MILLISECONDS);
  try {
    request.send(content);
    await answered;
  } finally {
    clearInterval(looking);
  }
  if (request.status === 201) return request.response;
  const problem = request.response?.error;
  throw new ApiError(
    request.status,
    problem ?? { code: "unknown", message: `The server answered ${request.status}.` },
  );
}

/** @param {string} name @param {(howFar: HowFar) => void} tell */
async function look(name, tell) {
  const listed = await api.datasets().catch(() => null);
  const made = listed?.being_made.find((one) => one.name === name.normalize("NFC").trim());
  if (made?.total) tell({ phase: "read", done: made.done, total: made.total });
}
