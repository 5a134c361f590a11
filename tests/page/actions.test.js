// The filled button does what the run needs next, and says so.

import assert from "node:assert/strict";
import { test } from "node:test";

import { reduce } from "../../static/js/state/reduce.js";
import { mainAction } from "../../static/js/views/actions.js";
import { STORY, heard, pageAfter, queued } from "./story.js";

/** Its words, and the command that it calls. */
function pressed(state) {
  const called = [];
  const commands = new Proxy({}, { get: (_, name) => () => called.push(name) });
  const { words, act } = mainAction(state);
  act(commands);
  return [words, ...called];
}

const ended = heard(STORY);
const running = ended.slice(0, -1);
const status = (name) => ({
  type: "event",
  run: "r",
  at: 0,
  kind: "status_changed",
  seq: 99,
  data: { status: name },
});
const spoilt = (recipe) => pageAfter(ended.slice(1), { ...queued(), status: "running", recipe });

for (const [name, state, expected] of [
  ["without a run", reduce(pageAfter([]), { type: "run_left" }), ["Start training", "start"]],
  ["of a run that is gone", pageAfter([{ type: "run_missing", id: "r" }]), ["Start training", "start"]],
  ["while it trains", pageAfter(running), ["Pause", "pause"]],
  ["while it pauses", pageAfter([...running, status("paused")]), ["Resume", "resume"]],
  ["after a crash", pageAfter([...running, status("interrupted")]), ["Go on", "goOn"]],
  ["at the end", pageAfter(ended), ["Run again", "runAgain"]],
  ["after shuffled pixels", spoilt({ pixels: "shuffled" }), ["Run without shuffling", "runUnspoiled"]],
  ["after random labels", spoilt({ labels: "random" }), ["Run with true labels", "runUnspoiled"]],
])
  test(`the main button ${name} is “${expected[0]}”`, () => assert.deepEqual(pressed(state), expected));
