// @ts-check
// Where a tab hears a run's events from: a worker that all tabs share, or a connection of its own where there is none.

import { KINDS, RESET } from "./kinds.js";

const WORKER = "/static/js/net/shared/worker.js";
const SIGN_OF_LIFE_MILLISECONDS = 20_000;

/**
 * @typedef {{onOpen: () => void, onLost: () => void, onEvent: (kind: string, seq: number, text: string) => void}} Ears
 * @typedef {{close: () => void}} Source
 */

/**
 * A browser opens six connections to a server and no more, so seven tabs that each held one would wait for ever.
 * @param {string} id  of the run
 * @param {number} after  the last event heard
 * @param {Ears} ears
 * @returns {Source}
 */
export function openSource(id, after, ears) {
  if (!("SharedWorker" in window)) return openOwn(id, after, ears);
  /** @type {Source} */
  let source = openShared(id, after, ears, () => (source = openOwn(id, after, ears)));
  return { close: () => source.close() };
}

/**
 * @param {string} id
 * @param {number} after
 * @param {Ears} ears
 * @param {() => void} onMissing  the browser could not start the worker
 */
function openShared(id, after, ears, onMissing) {
  const worker = new SharedWorker(WORKER, { type: "module", name: "filterscope" });
  const { port } = worker;
  const timer = setInterval(() => port.postMessage({ ask: "here" }), SIGN_OF_LIFE_MILLISECONDS);
  const close = () => {
    clearInterval(timer);
    removeEventListener("pagehide", hide);
    port.postMessage({ ask: "leave" });
    port.close();
  };
  const hide = () => {
    close();
    ears.onLost(); // to be mended should the tab come back from the browser's memory
  };
  addEventListener("pagehide", hide);
  worker.addEventListener("error", () => {
    close();
    onMissing();
  });
  port.addEventListener("message", ({ data: { kind, seq, text } }) => {
    if (kind === "open") ears.onOpen();
    else if (kind === "lost") ears.onLost();
    else ears.onEvent(kind, seq, text);
  });
  port.start();
  port.postMessage({ ask: "watch", id, after });
  return { close };
}

/** @param {string} id @param {number} after @param {Ears} ears */
function openOwn(id, after, ears) {
  const source = new EventSource(`/api/runs/${encodeURIComponent(id)}/events?after=${after}`);
  source.onopen = ears.onOpen;
  source.onerror = ears.onLost;
  for (const kind of [...KINDS, RESET]) {
    source.addEventListener(kind, (message) => ears.onEvent(kind, Number(message.lastEventId), message.data));
  }
  return { close: () => source.close() };
}
