// @ts-check
// A tab's line to the worker that all tabs share.

import { doubt } from "./signs_of_life.js";
import { onWaking } from "./waking.js";

const WORKER = new URL("../shared/worker.js", import.meta.url);
const SIGN_OF_LIFE_MILLISECONDS = 20_000;

/** @typedef {{close: () => void}} Line */

let isFirst = true;

/**
 * Asks the worker to tell this tab something from now on; without shared workers, or where this one cannot be
 * started, `otherwise` opens a connection of the tab's own. A browser opens six connections to a server and
 * no more, so seven tabs that each held one would wait for ever.
 * @param {{ask: string, id?: string, after?: number}} question
 * @param {(news: {kind: string, seq: number, text: string, isHeldBack?: boolean}) => void} hear
 *   `lost` when it will tell no more
 * @param {() => Line} otherwise
 * @returns {Line}
 */
export function openLine(question, hear, otherwise) {
  if (!("SharedWorker" in window)) return openHere(otherwise);
  const worker = new SharedWorker(WORKER, { type: "module", name: "filterscope" });
  const { port } = worker;
  const timer = setInterval(() => port.postMessage({ ask: "here" }), SIGN_OF_LIFE_MILLISECONDS);
  const sleepOn = onWaking((longest) => port.postMessage({ ask: "doubt", longest }));
  let close = () => {
    clearInterval(timer);
    sleepOn();
    removeEventListener("pagehide", hide);
    port.postMessage({ ask: "leave" });
    port.close();
  };
  const hide = () => {
    close();
    hear({ kind: "lost", seq: 0, text: "" }); // to be mended if the tab comes back from the browser's memory
  };
  addEventListener("pagehide", hide);
  worker.addEventListener("error", () => {
    close();
    ({ close } = openHere(otherwise));
  });
  port.addEventListener("message", ({ data }) => hear(data));
  port.start();
  port.postMessage({ ...question, isFirst });
  isFirst = false;
  return { close: () => close() };
}

/** @param {() => Line} open @returns {Line} */
function openHere(open) {
  const line = open();
  const sleepOn = onWaking(doubt);
  return {
    close() {
      sleepOn();
      line.close();
    },
  };
}
