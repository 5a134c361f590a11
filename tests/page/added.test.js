// What training added: the picture, what is said of it, and no more said than chance leaves over.

import assert from "node:assert/strict";
import { test } from "node:test";

import { addedSince } from "../../static/js/kernels/added.js";
import { judgedFrames, judgedShown, meanLeft, shownFrame } from "../../static/js/state/added.js";
import { marks } from "../../static/js/state/moments.js";
import { reduce } from "../../static/js/state/reduce.js";
import { differenceHint } from "../../static/js/words/added.js";
import { factsOf, spokenFilter } from "../../static/js/words/filters.js";
import { headline, under } from "../../static/js/words/headline.js";
import { STORY, heard, pageAfter } from "./story.js";

const ended = heard(STORY);
const difference = { type: "mode_chosen", mode: "difference" };

/** The server's answer about steps 2 and 10, of which the last has these labels. */
function answer(labels, likelihood, chance = 0.02) {
  const counts = Object.fromEntries(
    labels.map((label) => [label, labels.filter((one) => one === label).length]),
  );
  const both = (value) => [value, value];
  return {
    layer: "conv1",
    steps: [2, 10],
    left: both(labels.map(() => 1)),
    chance,
    likelihood: [1, likelihood],
    label: both(labels),
    counts: both(counts),
    score: both(labels.map(() => 0.3)),
    since: both(labels.map(() => 2)),
    orientation_degrees: both(labels.map(() => 90)),
    layer_score: both(0.3),
    oriented: both(0.75),
  };
}

const judged = (added, ...more) =>
  pageAfter([...ended, difference, { type: "added_loaded", run: "r", added }, ...more]);
const EDGES = ["edge", "edge", "edge", "noise"];

test("from each filter as much of its start is taken as is left in it, never more than all", () => {
  const shape = [1, 2, 1, 3];
  const first = { shape, weights: Float32Array.of(1, 1, 0, 0, 2, 0) };
  const now = { shape, weights: Float32Array.of(0.5, 2, 3, 1, 4, 4) };
  const { weights, left } = addedSince(first, now);
  assert.deepEqual([...left], [0.5, 2, 0]);
  assert.deepEqual([...weights], [0, 1, 3, 1, 2, 4]);
});

test("the difference is what the tiles show; its labels come with the verdicts on it", () => {
  const waiting = pageAfter([...ended, difference]);
  assert.equal(shownFrame(waiting).verdicts, null);
  assert.equal(headline(waiting), "What training added is being judged.");
  const page = judged(answer(EDGES, 1e-6));
  const frame = shownFrame(page);
  assert.deepEqual(frame.verdicts.label, EDGES);
  assert.equal(frame, shownFrame(page));
  assert.equal(meanLeft(frame), 1);
  assert.deepEqual(
    judgedFrames(page).map(({ verdicts }) => verdicts?.label ?? null),
    [null, EDGES, EDGES],
  );
  const weights = reduce(page, { type: "mode_chosen", mode: "weights" });
  assert.equal(judgedShown(weights), weights.frames.at(-1));
  assert.equal(judgedFrames(weights), weights.frames);
});

test("edges are claimed where chance hardly ever gives as many, and only there", () => {
  const plain = ["edge", "noise", "noise", "noise"];
  const claims = [
    [answer(EDGES, 1e-6), "With their start taken away, 3 of 4 still see edges or lines."],
    [answer(["edge", "edge", "edge", "line"], 1e-7), "Beneath the noise: 4 of 4 learned an edge or a line."],
    [answer(plain, 0.08), "Beneath the noise: 1 of 4, no more than chance."],
    [answer(["noise", "flat", "blob", "noise"], 1), "Beneath the noise: no edge was learned."],
    [answer(["dead", "dead", "dead", "dead"], 1), "Nothing was added: no filter has moved."],
  ];
  for (const [told, words] of claims) assert.equal(headline(judged(told)), words);
});

test("at step 0 nothing has been added", () => {
  const page = judged(answer(EDGES, 1e-6), { type: "looked_at", step: 0 });
  assert.equal(headline(page), "Before the first step nothing has been added.");
});

test("the scrubber marks when chance no longer explains what was added", () => {
  assert.deepEqual(marks(judged(answer(EDGES, 1e-6))), [
    { step: 10, words: "first edges" },
    { step: 10, words: "half of them" },
  ]);
  assert.deepEqual(marks(judged(answer(EDGES, 0.5))), []);
});

test("a filter that hardly moved isn't called dead, and its start is among its facts", () => {
  const page = judged(answer(["dead", "edge", "edge", "edge"], 1e-6));
  const frame = shownFrame(page);
  assert.match(spokenFilter(frame, 0), /filter 1, unmoved/);
  const facts = factsOf(frame, 1).map(({ name }) => name);
  assert.deepEqual(
    ["Start left", "Added"],
    facts.filter((name) => /left|Added|Weights/.test(name)),
  );
  assert.match(differenceHint(frame), /all of the start is still there/);
});

test("where nobody can judge, what is said stays about the filters themselves", () => {
  const page = pageAfter([...ended, { type: "added_failed", run: "r" }, difference]);
  assert.equal(headline(page), "3 of 4 filters see edges or lines.");
  assert.equal(judgedShown(page), page.frames.at(-1));
  assert.ok(shownFrame(page).left);
});

test("an answer about another run is not heard", () => {
  const page = pageAfter([
    ...ended,
    difference,
    { type: "added_loaded", run: "other", added: answer(EDGES, 0) },
  ]);
  assert.equal(page.added.upTo, -1);
  assert.equal(under(page).text.includes("Chance"), false);
});
