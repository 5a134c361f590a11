// What is said of a network that somebody's own program trains, and how its layers are laid out.

import assert from "node:assert/strict";
import { test } from "node:test";

import { laidOut } from "../../static/js/kernels/laid_out.js";
import { channelsOf, filtersFrom, weightiestChannels } from "../../static/js/kernels/parts.js";
import { reduce } from "../../static/js/state/reduce.js";
import { headline, under } from "../../static/js/words/headline.js";
import { comparableRuns } from "../../static/js/state/comparable.js";
import { faresOf, prefixed } from "../../static/js/words/layers.js";
import { notTold } from "../../static/js/words/told.js";
import { sizeWords, unjudgedWords } from "../../static/js/words/watched.js";
import { NOISE, heard, pageAfter, queued, snapshot } from "./story.js";

const LAYERS = [
  { name: "conv1", title: "stem.conv", kind: "conv2d", shape: [3, 3, 1, 4], groups: 1 },
  { name: "conv2", title: "body.conv", kind: "conv2d", shape: [3, 3, 64, 64], groups: 1 },
];
const described = {
  source: "watched",
  framework: "PyTorch 2.9",
  begins: "start",
  loss_kind: "batch",
  layers: LAYERS,
  class_names: [],
};
const run = {
  ...queued(),
  source: "watched",
  recipe: null,
  total_steps: null,
  status: "running",
  described,
  layers: ["conv1", "conv2"],
  can: { steer: false, rerun: false, look: "kernel" },
};
const health = (layer, more = {}) => ({
  layer,
  filters: 4,
  is_finite: true,
  norm: 2,
  change: 0.5,
  dead: 0,
  ...more,
});
const STARTED = [
  ["run_started", { described, total_steps: null }],
  ["snapshot", { ...snapshot(0, NOISE), health: [health("conv1"), health("conv2")] }],
  ["snapshot", { ...snapshot(2, ["edge", "edge", "noise", "noise"]), health: [health("conv1")] }],
];
const page = (events = [], opened = run) => pageAfter(heard([...STARTED, ...events]), opened);
const NEWEST = 50 * STARTED.length;

test("its program is heard, then late, then silent", () => {
  const live = page();
  const at = (seconds) => under(live, NEWEST + 1000 * seconds);
  assert.match(at(2).text, /^stem\.conv trains in your program, last heard 2 s ago\./);
  assert.equal(at(2).tone, "");
  assert.deepEqual([at(31).tone, at(31).lead], ["warn", "Last heard 31 s ago."]);
  assert.equal(at(720).lead, "Silent for 12 min.");
});

test("what was told before the page was open isn't news of its program", () => {
  const old = page([], { ...run, last_seq: 99 });
  assert.match(under(old, 5000).text, /trains in your program\./);
  const kept = pageAfter(
    [{ type: "run_refreshed", at: 9000, run: { ...run, last_seq: 99, last_heard_seconds: 4 } }],
    run,
  );
  assert.equal(kept.heardAt, 5000);
});

test("a sign of life that is no event counts as heard, and an older answer doesn't", () => {
  const told = (at, seconds) => [{ type: "program_heard", at, run: { ...run, last_heard_seconds: seconds } }];
  const quiet = page();
  const later = NEWEST + 60_000;
  assert.equal(under(quiet, later).tone, "warn");
  const lives = told(later, 3).reduce(reduce, quiet);
  assert.match(under(lives, later).text, /last heard 3 s ago/);
  assert.equal(told(later, 40).reduce(reduce, lives), lives);
  assert.equal(told(later, null).reduce(reduce, lives), lives, "nobody listens any more");
  assert.equal([{ type: "program_heard", at: later, run: { id: "another" } }].reduce(reduce, lives), lives);
});

test("an interrupted program is silent, and a broken one says why", () => {
  const silent = page([["status_changed", { step: 2, status: "interrupted", cause: "silent" }]]);
  assert.match(under(silent, NEWEST + 50 + 70_000).lead, /^Your program is silent, for 70 s now\.$/);
  const broke = page([["run_failed", { step: 2, code: "failed", message: "ValueError: no", advice: "" }]]);
  assert.deepEqual(
    [under(broke).lead, under(broke).text],
    ["Your program broke at step 2.", "ValueError: no"],
  );
});

test("no start is claimed that nobody saw", () => {
  const first = (begins) =>
    pageAfter(heard(STARTED.slice(0, 2)), { ...run, described: { ...described, begins } });
  const opened = (begins) => {
    const state = first(begins);
    return { ...state, run: { ...state.run, described: { ...described, begins } } };
  };
  assert.equal(headline(opened("start")), "Four filters, before the first step.");
  assert.equal(headline(opened("unknown")), "Four filters, as they first came.");
  assert.match(under(opened("unknown")).text, /need not be the start/);
});

test("snapshots that were left out are counted", () => {
  const { also } = under(page([["left_out", { step: 2, snapshots: 2 }]]));
  assert.equal(also.lead, "2 snapshots were left out");
});

test("a chart that was not told of names the line that brings it", () => {
  const state = page();
  assert.equal(notTold(state, "loss"), "Not told. run.log(loss=…) adds this chart.");
  assert.equal(notTold(page([["steps", { step: [1, 2], loss: [2, 1] }]]), "loss"), null);
  const keras = { ...state, run: { ...state.run, described: { ...described, framework: "Keras 3.12" } } };
  assert.match(notTold(keras, "accuracy"), /metrics=/);
});

test("a layer's health is a dot and words", () => {
  assert.deepEqual(faresOf(page(), "conv1"), { dot: "ok", words: "50 % edges" });
  assert.deepEqual(faresOf(page(), "conv2"), { dot: "ring", words: "can’t be said" });
  const told = (more) => page([["snapshot", { ...snapshot(5, NOISE), health: [health("conv2", more)] }]]);
  assert.equal(faresOf(told({ dead: 5 }), "conv2").words, "5 dead");
  assert.equal(faresOf(told({ is_finite: false }), "conv2").words, "not finite");
  const grows = page([["alert", { step: 2, code: "exploding", message: "Grows: x", layer: "conv2" }]]);
  assert.deepEqual(faresOf(grows, "conv2"), { dot: "danger", words: "grows too fast" });
  assert.equal(under(grows).lead, "Step 2: Grows:");
  assert.equal(faresOf(page(), "conv9").words, "not sent yet");
});

test("layers of every kind are said in words", () => {
  const layer = (kind, shape, groups = 1) => ({ name: "x", title: "x", kind, shape, groups });
  assert.equal(sizeWords(layer("conv2d", [3, 3, 64, 64])), "3×3 over 64 channels");
  assert.equal(sizeWords(layer("conv2d", [3, 3, 8, 64], 4)), "3×3 over 8 channels of 32");
  assert.equal(sizeWords(layer("depthwise_conv2d", [5, 5, 32, 1])), "5×5, one for each channel");
  assert.equal(unjudgedWords(layer("conv2d", [7, 7, 3, 64])), "");
  for (const [kind, shape] of [
    ["conv2d", [1, 1, 3, 8]],
    ["conv2d", [3, 5, 3, 8]],
    ["conv1d", [9, 4, 8]],
    ["dense", [9, 4]],
  ])
    assert.notEqual(unjudgedWords(layer(kind, shape)), "");
  assert.deepEqual(prefixed("backbone.stem.conv"), ["backbone", "stem.conv"]);
  assert.deepEqual(prefixed("stem"), ["", "stem"]);
});

test("kernels of every kind become rows, columns, channels and filters", () => {
  const counted = (shape) => Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => at);
  const laid = (shape, kind) => laidOut({ shape, weights: counted(shape) }, kind);
  const row = laid([2, 3, 4], "conv1d"); // place 1, channel 2, filter 3
  assert.deepEqual(row.shape, [3, 2, 1, 4]);
  assert.equal(row.weights[(2 * 2 + 1) * 4 + 3], (1 * 3 + 2) * 4 + 3);
  const slices = laid([2, 3, 3, 4, 5], "conv3d"); // slice 1, row 2, column 0, channel 3, filter 4
  assert.deepEqual(slices.shape, [3, 3, 8, 5]);
  assert.equal(
    slices.weights[((2 * 3 + 0) * 8 + (1 * 4 + 3)) * 5 + 4],
    (((1 * 3 + 2) * 3 + 0) * 4 + 3) * 5 + 4,
  );
  assert.deepEqual(laid([5, 5, 8, 2], "depthwise_conv2d").shape, [5, 5, 1, 16]);
  assert.deepEqual(laid([12, 7], "dense").shape, [3, 4, 1, 7]);
});

test("of a large layer some filters are shown, and the channels that weigh most", () => {
  const weights = Float32Array.from({ length: 3 * 4 }, (_, at) => [1, 9, 5][Math.floor(at / 4)] + at / 100);
  const kernel = { shape: [1, 1, 3, 4], weights };
  assert.deepEqual(weightiestChannels(kernel, 2), [1, 2]);
  assert.deepEqual([...channelsOf(kernel, [1]).weights], [...weights.subarray(4, 8)]);
  assert.deepEqual([...filtersFrom(kernel, 3, 9).weights], [weights[3], weights[7], weights[11]]);
});

test("beside a run that nobody can train again those can stand that begin with filters of its shape", () => {
  const layers = (shape) => ({ layers: [{ name: "conv1", title: "stem", kind: "conv2d", shape }] });
  const of = (id, shape) => ({ id, layers: ["conv1"], described: layers(shape) });
  const runs = [of("a", [7, 7, 3, 64]), of("b", [3, 3, 3, 64]), of("c", [7, 7, 3, 64]), of("d", null)];
  const found = (run) => comparableRuns({ run, runs }).map(({ id }) => id);
  assert.deepEqual(found(runs[0]), ["c"]);
  assert.deepEqual(found(runs[1]), []);
  assert.deepEqual(found(runs[3]), []);
});
