// What was deleted is taken back once, as long as that can be, whatever happens meanwhile.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Deleting, goneNow } from "../../static/js/control/deleting.js";

/** A page whose server answers a request to take back with what `answer` gives. */
function page(answer) {
  globalThis.window = globalThis; // of which the page's modules take their timers
  const asked = [];
  globalThis.fetch = (path, { method, body }) => {
    asked.push(`${method} ${path}`);
    const until = new Date(Date.now() + 30_000).toISOString();
    if (method !== "POST") return answer();
    const { runs = ["x", "y"] } = JSON.parse(body);
    return Response.json({ id: `d${asked.length}`, until, runs });
  };
  const state = { run: null, missing: null, deletion: null, problem: null };
  const dispatch = ({ type, deletion, next, message }) => {
    if (type === "request_failed") state.problem = message;
    else state.deletion = type === "runs_deleted" ? deletion : next;
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

test("a press while one is taken back takes back the one before, and nothing that came later", async () => {
  const answers = [];
  const there = page(() => new Promise((tell) => answers.push(tell)));
  const taken = () => there.asked.filter((one) => one.startsWith("DELETE")).map((one) => one.slice(-2));
  for (const id of ["a", "b"]) await there.deleting.remove([run(id)]);
  const both = there.deleting.undo();
  await there.deleting.undo();
  await there.deleting.remove([run("c")]);
  await there.deleting.undo();
  assert.deepEqual(taken(), ["d2"]);
  for (const further of [1, 2, 3]) {
    answers.pop()(gone());
    await new Promise((done) => setTimeout(done));
    assert.equal(taken().length, Math.min(3, further + 1));
  }
  await both;
  assert.deepEqual(taken(), ["d2", "d1", "d4"]);
  assert.equal(there.state.deletion, null);
});

test("after a press that the server didn't hear none follows by itself", async () => {
  const there = page(() => Promise.reject(new TypeError("no line")));
  for (const id of ["a", "b"]) await there.deleting.remove([run(id)]);
  await Promise.all([there.deleting.undo(), there.deleting.undo()]);
  assert.equal(there.asked.filter((one) => one.startsWith("DELETE")).length, 1);
  assert.deepEqual(there.state.deletion.runs, ["b"]);
});

test("a deletion that is shown again, for the one after it is over, takes no tick along", () => {
  const [older, newer] = [
    { runs: ["a"], ends: 1 },
    { runs: ["b"], ends: 2 },
  ];
  assert.deepEqual(goneNow(older, null), ["a"]);
  assert.deepEqual(goneNow(newer, older), ["b"]);
  assert.deepEqual(goneNow(older, newer), []);
  assert.deepEqual(goneNow(null, older), []);
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

test("deletions are taken back one after the other, the newest first, each while there is time", async () => {
  let answer = gone;
  const there = page(() => answer());
  for (const id of ["a", "b", "c"]) await there.deleting.remove([run(id)]);
  const shown = () => there.state.deletion?.runs;
  assert.deepEqual(shown(), ["c"]);
  await there.deleting.undo();
  assert.deepEqual(shown(), ["b"]);
  answer = () => refused(404); // too late for that one
  await there.deleting.undo();
  assert.deepEqual(shown(), ["a"]);
  answer = gone;
  await there.deleting.undo();
  assert.equal(shown(), undefined);
  await there.deleting.undo();
  const taken = there.asked.filter((one) => one.startsWith("DELETE"));
  assert.deepEqual(
    taken.map((one) => one.split("/").at(-1)),
    ["d3", "d2", "d1"],
  );
});

test("what can no longer be taken back gives its place to nothing newer", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const there = page(gone);
  await there.deleting.remove([run("a")]);
  context.mock.timers.tick(20_000);
  await there.deleting.remove([run("b")]);
  context.mock.timers.tick(11_000);
  assert.deepEqual(there.state.deletion.runs, ["b"]);
  await there.deleting.undo();
  assert.equal(there.state.deletion, null);
});

test("a sweep goes with its runs, and comes back with them", async () => {
  const there = page(gone);
  there.state.run = run("y");
  assert.ok(await there.deleting.removeSweep({ id: "s", name: "rates" }));
  assert.deepEqual(there.state.deletion.runs, ["x", "y"]);
  assert.equal(there.state.deletion.names, "the sweep “rates”");
  there.state.run = null;
  await there.deleting.undo();
  assert.equal(there.state.deletion, null);
  assert.ok(there.asked.includes("open y"));
});

test("a sweep that the server keeps isn't gone", async () => {
  const there = page(gone);
  globalThis.fetch = () => refused(409);
  assert.equal(await there.deleting.removeSweep({ id: "s", name: "rates" }), false);
  assert.deepEqual([there.state.problem, there.state.deletion], ["No.", null]);
});
