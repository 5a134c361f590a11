// @ts-check
// The events of one run, from the first, across lost connections. Draws nothing.

const KINDS = [
  ...["run_started", "steps", "snapshot", "alert", "evaluated", "status_changed"],
  ...["learning_rate_changed", "run_finished", "run_stopped", "run_failed"],
];
const LAST_KINDS = new Set(["run_finished", "run_stopped", "run_failed"]);
const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 15;

/**
 * @typedef {{kind: string, seq: number, data: any}} RunEvent
 * @typedef {{onEvent: (event: RunEvent) => void, onOpen: () => void, onEnd: () => void,
 *   onReset: () => void, onLost: (waitSeconds: number) => void}} Listener
 */

/**
 * Follows a run until its last event. Each new connection goes on after the last event heard.
 * @param {string} id
 * @param {Listener} listener
 */
export function followRun(id, listener) {
  /** @type {EventSource | null} */
  let source = null;
  let timer = 0;
  let seq = 0;
  let failures = 0;

  function connect() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(`/api/runs/${encodeURIComponent(id)}/events?after=${seq}`);
    source.onopen = () => {
      failures = 0;
      listener.onOpen();
    };
    source.onerror = lose;
    for (const kind of KINDS) source.addEventListener(kind, hear);
    source.addEventListener("reset", forget);
  }

  /** Some of what we heard is no more; what is left is told again from the first event. */
  function forget() {
    seq = 0;
    listener.onReset();
  }

  function lose() {
    source?.close();
    const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** failures);
    failures += 1;
    timer = window.setTimeout(connect, wait * 1000);
    listener.onLost(wait);
  }

  /** @param {MessageEvent} message */
  function hear(message) {
    seq = Number(message.lastEventId);
    listener.onEvent({ kind: message.type, seq, data: JSON.parse(message.data) });
    if (!LAST_KINDS.has(message.type)) return;
    source?.close();
    listener.onEnd();
  }

  connect();
  return {
    retry: connect,
    close() {
      clearTimeout(timer);
      source?.close();
    },
  };
}
