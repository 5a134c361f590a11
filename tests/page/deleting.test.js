// What was deleted is taken back once, as long as that can be, whatever happens meanwhile.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Deleting } from "../../static/js/control/deleting.js";

/** A page whose server answers a request to take back with what `answer` gives. */
function page(answer) {
  globalThis.window = globalThis; // of which the page's modules take their timers
  const asked = [];
  globalThis.fetch = (path, { method }) => {
    asked.push(`${method} ${path}`);
    const until = new Date(Date.now() + 30_000).toISOString();
    return method === "POST" ? Response.json({ id: `d${asked.length}`, until }) : answer();
  };
  const state = { run: null, missing: null, deletion: null, problem: null };
  const dispatch = ({ type, deletion = null, message }) => {
    if (type === "request_failed") state.problem = message;
    else state.deletion = deletion;
  };
  const stage = { leave: () => {}, loadRuns: () => {}, openRun: (id) => asked.push(`open ${id}`) };
  return { deleting: new Deleting({ state, dispatch }, stage), state, asked };
}

const run = (id) => ({ id, name: id, status: "finished", can: { steer: true } });
const gone = () => new Response(null, { status: 204 });
const refused = (status) => Response.json({ error: { code: "x", message: "No." } }, { status });

test("two presses ask once", async () => {
  const there = page(gone);
  await Promise.all([there.deleting.remove([run("a")]), there.deleting.remove([run("a")])]);
  assert.equal(there.asked.length, 1);
  await Promise.all([there.deleting.undo(), there.deleting.undo()]);
  assert.equal(there.asked.filter((one) => one.startsWith("DELETE")).length, 1);
  assert.equal(there.state.deletion, null);
});

test("what the server didn't hear can be taken back once more, what is over can't", async () => {
  let answer = () => Promise.reject(new TypeError("no line"));
  const there = page(() => answer());
  await there.deleting.remove([run("a")]);
  await there.deleting.undo();
  assert.match(there.state.problem, /does not answer/);
  assert.deepEqual(there.state.deletion.runs, ["a"]);
  answer = () => refused(404);
  await there.deleting.undo();
  assert.equal(there.state.deletion, null);
});

test("another deletion meanwhile can be taken back still", async () => {
  let answer = () => {};
  const there = page(() => new Promise((tell) => (answer = () => tell(gone()))));
  there.state.run = run("a");
  await there.deleting.remove([run("a")]);
  there.state.run = null;
  const first = there.deleting.undo();
  await there.deleting.remove([run("b")]);
  answer();
  await first;
  assert.deepEqual(there.state.deletion.runs, ["b"]);
  assert.ok(there.asked.includes("open a"), "the run that stood on the stage stands there again");
  const second = there.deleting.undo();
  answer();
  await second;
  assert.equal(there.state.deletion, null);
});
