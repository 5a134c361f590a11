// The table of runs in words, and what its address asks the server.

import assert from "node:assert/strict";
import { test } from "node:test";

import { comparedIn, isChosen, queryOf, sortIn } from "../../static/js/scenes/runs/query.js";
import { entriesOf, offersFor } from "../../static/js/scenes/runs/offers.js";
import { toldApart } from "../../static/js/scenes/runs/each_file.js";
import { csvOf, jsonOf } from "../../static/js/scenes/runs/table_file.js";
import { Ticks } from "../../static/js/scenes/runs/ticks.js";
import { agoOf, differenceWords, headlineOf, sourceOf, stateOf } from "../../static/js/scenes/runs/words.js";

const run = (differences, preset = "dead-leaves") => ({ preset, differences });
const lr = (value) => ({ field: "optimizer.learning_rate", words: `lr ${value}` });
const seed = (value) => ({ field: "seed", words: `seed ${value}` });

for (const [count, many, chosen, words, only] of [
  [null, null, false, "Your runs"],
  [0, null, false, "No runs yet."],
  [0, null, true, "No run fits."],
  [1, null, false, "1 run; 23 % of its filters see edges.", 0.23],
  [1, null, true, "1 run found."],
  [2, null, false, "2 runs."],
  [2, 0, false, "2 runs; in neither of them do at least 85 % of the filters see edges."],
  [2, 1, false, "2 runs; in one of them at least 85 % of the filters see edges."],
  [2, 2, false, "2 runs; in both of them at least 85 % of the filters see edges."],
  [79, 15, false, "79 runs; in 15 of them at least 85 % of the filters see edges."],
  [3, 3, true, "3 runs found; in all of them at least 85 % of the filters see edges."],
  [10005, 0, false, "10,005 runs; in none of them do at least 85 % of the filters see edges."],
])
  test(`of ${count} runs with ${many} of many edges it says so`, () => {
    assert.equal(headlineOf(count, many, chosen, only), words);
  });

for (const [runs, words] of [
  [[run([])], ""],
  [[run([]), run([])], "Their recipes are the same."],
  [[run([lr(0.2)]), run([])], "They differ in one thing: lr 0.2 or as the preset."],
  [[run([lr(0.2)]), run([lr(0.1)]), run([lr(0.2)])], "They differ in one thing: lr 0.2 or lr 0.1."],
  [[run([lr(0.2), seed(1)]), run([])], "They differ in 2 things: lr 0.2, seed 1."],
  [[run([]), run([], "mnist-strokes")], "They are of 2 experiments."],
  [[run(null), run([])], "Of some of them nobody knows how they were trained."],
  [
    [{ ...run(null, null), recipe: {} }, run([])],
    "Some of them are of no experiment; what differs is said of two as twins.",
  ],
])
  test(`what ${runs.length} runs differ in: ${words || "nothing, for one alone"}`, () => {
    assert.equal(differenceWords(runs), words);
  });

test("the address says what is asked for, and what it can't mean is left out", () => {
  const details = { q: "lr 0.2", experiment: "dead-leaves", sort: "edges", other: "x" };
  assert.equal(queryOf(details), "pins=first&q=lr+0.2&preset=dead-leaves&sort=edges");
  assert.equal(queryOf({ sort: "sideways", seed: "-1" }), "pins=first");
  assert.equal(queryOf({ sweep: "a1", seed: "3" }), "pins=first&sweep=a1&seed=3");
  assert.equal(sortIn({ sort: "sideways" }), "newest");
  assert.ok(isChosen(details) && isChosen({ seed: "0" }) && !isChosen({ sort: "edges" }));
  assert.deepEqual(comparedIn({ compare: "a1,<b>,c-2," }), ["a1", "c-2"]);
});

test("two are twins, up to twelve are laid over one another, more are a table", () => {
  const first = (count) => offersFor(count)[0];
  assert.deepEqual([1, 2, 3, 12, 13].map(first), [
    ["open", "Open"],
    ["twins", "Compare 2 as twins"],
    ["compare", "Overlay 3"],
    ["compare", "Overlay 12"],
    ["compare", "Table of 13"],
  ]);
});

test("who trained it, what became of it and when, in a word or two", () => {
  const described = { framework: "Keras 3.12" };
  const sources = ["own", "watched", "opened", "cluster"];
  assert.deepEqual(
    sources.map((source) => sourceOf({ source, described })),
    ["trained here", "Keras", "Keras file", "cluster"],
  );
  assert.equal(sourceOf({ source: "watched", described: {} }), "a program");
  assert.equal(stateOf({ status: "running", step: 30, total_steps: 60 }), "training 50 %");
  assert.equal(stateOf({ status: "failed", error: { code: "diverged" } }), "diverged");
  assert.equal(stateOf({ status: "finished" }), "");
  const now = new Date(2026, 0, 10, 12).getTime();
  const minutes = [0.5, 2, 59, 61, 60 * 23, 60 * 25, 60 * 37];
  assert.deepEqual(
    minutes.map((one) => agoOf(now - one * 60_000, now)),
    ["just now", "2 min ago", "59 min ago", "1 h ago", "23 h ago", "yesterday", "8 Jan 2026"],
  );
});

const whole = (changes) => ({
  ...{ id: "a1", name: "Leaves", note: null, pinned: false, preset: "dead-leaves", source: "own" },
  ...{ differences: [lr(0.2), seed(1)], filters: { oriented: 0.75, score: 0.5 }, described: { seed: 1 } },
  ...{ metrics: { accuracy: 0.5, loss: 1.25, validation_accuracy: null, validation_loss: null } },
  ...{
    status: "finished",
    step: 60,
    total_steps: 60,
    training_seconds: 1.5,
    sweep: null,
    created_at: "2026",
  },
  ...changes,
});

test("the table is a file for spreadsheets: what differs, edges and seed, and no name is worked out", () => {
  const [head, ...rows] = csvOf([whole({}), whole({ name: "=1+1", filters: null })], "point")
    .trimEnd()
    .split("\n");
  const cells = rows.map((row) => row.split(","));
  const of = (name) => cells.map((row) => row[head.split(",").indexOf(name)]);
  assert.deepEqual(of("differs"), ['"lr 0.2; seed 1"', '"lr 0.2; seed 1"']);
  assert.deepEqual(of("edges"), ["0.75", ""]);
  assert.deepEqual(of("seed"), ["1", "1"]);
  assert.deepEqual(of("name"), ["Leaves", "'=1+1"]);
  const german = csvOf([whole({ note: 'a; "b"' })], "comma").split("\n")[1];
  assert.ok(
    german.startsWith('a1;Leaves;"a; ""b""";false;dead-leaves;"lr 0.2; seed 1";0,75;0,5;;;0,5;1,25;1;own;'),
  );
  assert.deepEqual(JSON.parse(jsonOf([whole({})])).runs[0].differences, [lr(0.2), seed(1)]);
});

test("files of one name are told apart in a zip", () => {
  const names = ["a.gif", "b.gif", "a.gif", "a.gif"].map((name) => ({ file: null, name }));
  assert.deepEqual(
    toldApart(names).map(({ name }) => name),
    ["a.gif", "b.gif", "a (2).gif", "a (3).gif"],
  );
});

test("all are ticked at once and that is taken back, but not once some of them are gone", async () => {
  const runs = ["a", "b", "c"].map((id) => ({ id }));
  const listing = { at: (index) => runs[index], known: () => [], all: async () => runs };
  const ticks = new Ticks(listing, () => {});
  ticks.turn(1);
  assert.equal(ticks.undo(), false);
  await ticks.all();
  assert.equal(ticks.runs.length, 3);
  assert.ok(ticks.undo());
  assert.deepEqual(ticks.runs, [{ id: "b" }]);
  ticks.clear();
  assert.ok(ticks.undo() && ticks.has({ id: "b" }) && !ticks.undo());
  await ticks.all();
  ticks.renew(["a"]);
  assert.equal(ticks.undo(), false);
});

test("what changed no tick isn’t what is taken back next", async () => {
  const runs = [{ id: "a" }];
  const listing = { count: 1, at: (index) => runs[index], known: () => runs, all: async () => runs };
  const ticks = new Ticks(listing, () => {});
  ticks.clear();
  assert.equal(ticks.undo(), false);
  ticks.turn(0);
  await ticks.all();
  assert.equal(ticks.undo(), false);
});

test("all are ticked only where each that is shown is, whatever else is ticked", () => {
  const listing = { count: 2, at: (index) => listing.rows[index], known: () => listing.rows, rows: [] };
  const ticks = new Ticks(listing, () => {});
  assert.equal(ticks.isAll, false);
  listing.rows = [{ id: "a" }, { id: "b" }];
  ticks.turn(0);
  ticks.turn(1);
  assert.equal(ticks.isAll, true);
  listing.rows = [{ id: "c" }, { id: "a" }];
  assert.equal(ticks.isAll, false);
  listing.count = 0;
  assert.equal(ticks.isAll, false);
});

test("a menu offers the map where a run is one of a sweep, and to run again where there is a recipe", () => {
  const acts = (run) => entriesOf(run).map(({ act }) => act);
  assert.deepEqual(acts({}), ["open", "rename", "note", "pin", "take", "delete"]);
  assert.ok(acts({ sweep: "s", recipe: {} }).join().includes("again,take,map"));
});
