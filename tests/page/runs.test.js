// The table of runs in words, and what its address asks the server.

import assert from "node:assert/strict";
import { test } from "node:test";

import { comparedIn, isChosen, queryOf, sortIn } from "../../static/js/scenes/runs/query.js";
import { offersFor } from "../../static/js/scenes/runs/offers.js";
import { agoOf, differenceWords, headlineOf, sourceOf, stateOf } from "../../static/js/scenes/runs/words.js";

const run = (differences, preset = "dead-leaves") => ({ preset, differences });
const lr = (value) => ({ field: "optimizer.learning_rate", words: `lr ${value}` });
const seed = (value) => ({ field: "seed", words: `seed ${value}` });

for (const [count, many, chosen, words] of [
  [null, null, false, "Your runs"],
  [0, null, false, "No runs yet."],
  [0, null, true, "No run fits."],
  [1, 1, false, "1 run; in it at least 85 % of the filters see edges."],
  [79, 15, false, "79 runs; in 15 of them at least 85 % of the filters see edges."],
  [3, 3, true, "3 runs found; in all of them at least 85 % of the filters see edges."],
  [10005, 0, false, "10,005 runs; in none of them 85 % of the filters see edges."],
])
  test(`of ${count} runs with ${many} of many edges it says so`, () => {
    assert.equal(headlineOf(count, many, chosen), words);
  });

for (const [runs, words] of [
  [[run([])], ""],
  [[run([]), run([])], "Their recipes are the same."],
  [[run([lr(0.2)]), run([])], "They differ in one thing: lr 0.2 or as the preset."],
  [[run([lr(0.2)]), run([lr(0.1)]), run([lr(0.2)])], "They differ in one thing: lr 0.2 or lr 0.1."],
  [[run([lr(0.2), seed(1)]), run([])], "They differ in 2 things: lr 0.2, seed 1."],
  [[run([]), run([], "mnist-strokes")], "They are of 2 experiments."],
  [[run(null), run([])], "Of some of them nobody knows how they were trained."],
])
  test(`what ${runs.length} runs differ in: ${words || "nothing, for one alone"}`, () => {
    assert.equal(differenceWords(runs), words);
  });

test("the address says what is asked for, and what it can't mean is left out", () => {
  const details = { q: "lr 0.2", experiment: "dead-leaves", sort: "edges", other: "x" };
  assert.equal(queryOf(details), "pins=first&q=lr+0.2&preset=dead-leaves&sort=edges");
  assert.equal(queryOf({ sort: "sideways" }), "pins=first");
  assert.equal(sortIn({ sort: "sideways" }), "newest");
  assert.ok(isChosen(details) && !isChosen({ sort: "edges" }));
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
  const now = Date.UTC(2026, 0, 10, 12);
  const minutes = [0.5, 2, 59, 61, 60 * 25];
  assert.deepEqual(
    minutes.map((one) => agoOf(now - one * 60_000, now)),
    ["just now", "2 min ago", "59 min ago", "1 h ago", "yesterday"],
  );
});
