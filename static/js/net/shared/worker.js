// @ts-check
// Runs in one worker for all tabs: holds a connection for each run that is watched, few at a time,
// and one for where the teacher looks if any tab follows.

import { RunStream } from "./run_stream.js";
import { tryStreaming } from "./server_events.js";
import { doubt } from "./signs_of_life.js";
import { TeacherStream } from "./teacher_stream.js";

// Of the six that a browser opens to one server; one more is for the teacher, the rest for questions.
const MOST_CONNECTIONS = 3;
const TURN_MILLISECONDS = 2000;
const GONE_AFTER_MILLISECONDS = 180_000; // hidden tabs wake once a minute

/** @type {Map<string, RunStream>} */
const streams = new Map();
const teacher = new TeacherStream();
/**
 * A line each; one that follows the teacher watches no run.
 * @type {Map<MessagePort, {run: string, heardAt: number}>}
 */
const tabs = new Map();
/** In the order in which they got their connection. @type {RunStream[]} */
let connected = [];

/** @param {MessagePort} port @param {string} id @param {number} after */
function watch(port, id, after) {
  tabs.set(port, { run: id, heardAt: Date.now() });
  const stream = streams.get(id) ?? new RunStream(id, arrange);
  streams.set(id, stream);
  stream.add(port, after);
  arrange();
}

/** @param {MessagePort} port */
function follow(port) {
  tabs.set(port, { run: "", heardAt: Date.now() });
  teacher.add(port);
}

/** @param {MessagePort} port */
function leave(port) {
  teacher.remove(port);
  const id = tabs.get(port)?.run ?? "";
  tabs.delete(port);
  const stream = streams.get(id);
  stream?.watchers.delete(port);
  if (stream?.watchers.size === 0) {
    stream.rest();
    streams.delete(id);
  }
  arrange();
}

/** Opens what is waiting, as far as there is room. */
function arrange() {
  connected = connected.filter((stream) => stream.source && streams.get(stream.id) === stream);
  for (const stream of waiting().slice(0, Math.max(0, MOST_CONNECTIONS - connected.length))) {
    stream.open();
    connected.push(stream);
  }
}

const waiting = () => [...streams.values()].filter((stream) => stream.isWanted && !stream.source);

/** Whoever has listened longest makes room, and is the last of those who wait. */
function takeTurns() {
  const next = waiting()[0];
  const longest = connected[0];
  if (!next || !longest) return;
  streams.delete(longest.id);
  streams.set(longest.id, longest);
  longest.rest();
  arrange();
}

function forgetTheGone() {
  const now = Date.now();
  for (const [port, { heardAt }] of tabs) if (now - heardAt > GONE_AFTER_MILLISECONDS) leave(port);
}

/** A page that was just loaded hopes that streams get through by now. @param {string} id */
function hope(id) {
  tryStreaming();
  const stream = streams.get(id);
  if (stream?.source?.isHeldBack) stream.rest();
}

/**
 * @param {MessagePort} port
 * @param {{ask: string, id?: string, after?: number, isFirst?: boolean, longest?: number}} message
 */
function answer(port, { ask, id = "", after = 0, isFirst = false, longest = 0 }) {
  const tab = tabs.get(port);
  if (isFirst) hope(id);
  if (ask === "watch") watch(port, id, after);
  else if (ask === "follow") follow(port);
  else if (ask === "leave") leave(port);
  else if (ask === "doubt") doubt(longest);
  else if (tab) tab.heardAt = Date.now();
  else port.postMessage({ kind: "lost" }); // it slept so long that it was taken for gone
}

addEventListener("connect", (event) => {
  const [port] = /** @type {MessageEvent} */ (event).ports;
  port.addEventListener("message", ({ data }) => answer(port, data));
  port.start();
});
setInterval(takeTurns, TURN_MILLISECONDS);
setInterval(forgetTheGone, GONE_AFTER_MILLISECONDS / 3);
