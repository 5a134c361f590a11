// What the state becomes by all that isn't told by a run: choices, looks, films, lists of runs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { initialState } from "../../static/js/state/initial.js";
import { edgeMoment, moments } from "../../static/js/state/moments.js";
import { objectiveOf } from "../../static/js/state/objective.js";
import { phaseOf } from "../../static/js/state/phase.js";
import { reduce } from "../../static/js/state/reduce.js";
import {
  currentFrame,
  isDeep,
  previewFrame,
  shownFrames,
  totalSteps,
} from "../../static/js/state/selectors.js";
import { NOISE, STORY, heard, pageAfter, queued, snapshot, typedArray } from "./story.js";

const ended = heard(STORY);
const after = (state, ...actions) => actions.reduce(reduce, state);
const stepsOf = (frames) => frames.map((frame) => frame.step);
const film = (layer, steps) => ({
  layer,
  steps,
  kernels: typedArray(
    steps.flatMap((step) => Array(9).fill(step + 1)),
    [steps.length, 3, 3, 1, 1],
  ),
});

test("labels can't be spoilt where there are none", () => {
  const presets = [
    { name: "code", recipe: { objective: { type: "sparse-code" } }, total_steps: 9 },
    { name: "named", recipe: { objective: { type: "classify" } }, total_steps: 9 },
  ];
  const page = after(initialState(), { type: "presets_loaded", presets });
  const spoilt = after(page, { type: "chosen", choice: { preset: "named", spoil: "labels" } });
  assert.equal(spoilt.choice.spoil, "labels");
  assert.equal(objectiveOf(spoilt), "classify");
  const code = after(spoilt, { type: "chosen", choice: { preset: "code" } });
  assert.deepEqual(code.choice, { preset: "code", spoil: "none" });
  assert.equal(objectiveOf(code), "sparse-code");
  assert.equal(totalSteps(code), 9);
});

test("a page of runs is added to those known, each once, and a deleted one goes", () => {
  const [a, b, c] = ["a", "b", "c"].map(queued);
  const page = after(
    initialState(),
    { type: "runs_loaded", runs: [a, b], cursor: "2" },
    { type: "runs_appended", runs: [b, c], cursor: null },
    { type: "runs_deleted", deletion: { id: "d", runs: ["a"], names: "“a”", ends: 30_000 } },
  );
  assert.deepEqual(page.runs, [b, c]);
  assert.equal(page.deletion.names, "“a”");
  assert.equal(after(page, { type: "deletion_over", next: null }).deletion, null);
  assert.equal(page.runsCursor, null);
});

test("a request is pending until it ends; why it failed stays until it is read", () => {
  const asked = after(initialState(), { type: "request_began", what: "start" });
  assert.equal(asked.pending, "start");
  const failed = after(asked, { type: "request_failed", message: "no room" });
  assert.deepEqual([failed.pending, failed.problem], [null, "no room"]);
  assert.equal(after(failed, { type: "problem_read" }).problem, null);
  assert.equal(after(asked, { type: "request_ended" }).pending, null);
});

test("the film fills the holes of the story, and what was heard stays", () => {
  const told = pageAfter(ended);
  const whole = after(told, { type: "film_loaded", run: "r", film: film("conv1", [0, 1, 2, 5, 10]) });
  assert.deepEqual(stepsOf(whole.frames), [0, 1, 2, 5, 10]);
  assert.equal(whole.frames[0], told.frames[0]);
  assert.equal(after(told, { type: "film_loaded", run: "s", film: film("conv1", [1]) }), told);
});

test("a later layer is shown by its own film, without verdicts", () => {
  const deep = pageAfter([
    ...ended,
    { type: "layer_chosen", layer: "conv2" },
    { type: "film_loaded", run: "r", film: film("conv2", [0, 10]) },
  ]);
  assert.ok(isDeep(deep));
  assert.deepEqual(stepsOf(shownFrames(deep)), [0, 10]);
  assert.equal(currentFrame(deep).verdicts, null);
  assert.deepEqual([...currentFrame(deep).kernel.weights], Array(9).fill(11));
  const failed = after(deep, { type: "film_failed", layer: "conv2" });
  assert.equal(failed.deep.failed, true);
  assert.ok(!isDeep(after(deep, { type: "layer_chosen", layer: null })));
});

test("a run that is refreshed never goes back, and what is older than the story is left aside", () => {
  const told = pageAfter(ended);
  const old = { ...queued(), status: "running", step: 2, last_seq: 3 };
  assert.equal(after(told, { type: "run_refreshed", run: old }), told);
  const fresh = { ...queued(), status: "finished", step: 9, last_seq: told.seq, training_seconds: 4 };
  const now = after(told, { type: "run_refreshed", run: fresh });
  assert.deepEqual([now.run.step, now.run.training_seconds], [10, 4]);
});

test("leaving a run forgets it, where one looked in it, and nothing else", () => {
  const looked = pageAfter([
    ...ended,
    { type: "looked_at", step: 2 },
    { type: "scale_chosen", scale: "own" },
    { type: "filter_chosen", filter: 3 },
  ]);
  const left = after(looked, { type: "run_left" });
  assert.deepEqual([left.run, left.frames, left.view.step], [null, [], null]);
  assert.deepEqual([left.view.scale, left.view.filter], ["own", 3]);
});

test("what the viewer chooses is where they look", () => {
  const { view } = after(
    initialState(),
    { type: "scene_opened", scene: "draw", details: { picture: "7" } },
    { type: "details_chosen", details: { drawing: "x" } },
    { type: "mode_chosen", mode: "difference" },
    { type: "speed_chosen", speed: 2 },
    { type: "scrubber_held", held: true },
    { type: "first_held", held: true },
    { type: "guided", tour: 3, follow: true },
  );
  assert.deepEqual(view.details, { picture: "7", drawing: "x" });
  assert.deepEqual([view.scene, view.mode, view.speed, view.held], ["draw", "difference", 2, true]);
  assert.deepEqual([view.tour, view.follow], [3, true]);
  assert.equal(view.showsFirst, true);
});

test("what was held lets go when another view opens", () => {
  const held = after(initialState(), { type: "first_held", held: true });
  assert.equal(after(held, { type: "first_held", held: true }), held);
  assert.equal(after(held, { type: "scene_opened", scene: "draw" }).view.showsFirst, false);
});

test("an action changes only what it is about; pointing at the same filter again changes nothing", () => {
  const told = pageAfter(ended);
  const pointed = after(told, { type: "filter_hovered", filter: 1 });
  assert.equal(after(pointed, { type: "filter_hovered", filter: 1 }), pointed);
  const { view, ...rest } = pointed;
  for (const [key, value] of Object.entries(rest)) assert.equal(value, told[key], key);
});

test("a preview is shown for the choice that it is of, until a run has its own frames", () => {
  const frame = pageAfter(ended).frames[0];
  const preview = { key: "dead-leaves/none", frame, total: 9 };
  const page = after(initialState(), { type: "preview_loaded", preview });
  assert.equal(previewFrame(page), frame);
  assert.equal(currentFrame(page), frame);
  assert.equal(previewFrame(after(page, { type: "chosen", choice: { spoil: "pixels" } })), null);
});

for (const [phase, state] of [
  ["loading", initialState()],
  ["ready", after(initialState(), { type: "presets_loaded", presets: [] })],
  ["preparing", pageAfter([])],
  [
    "queued",
    pageAfter([{ type: "runs_loaded", runs: [{ ...queued("s"), status: "running" }], cursor: null }]),
  ],
  ["running", pageAfter(ended.slice(0, 2))],
  ["finished", pageAfter(ended)],
  ["missing", pageAfter([{ type: "run_missing", id: "r" }])],
])
  test(`the page knows when it is ${phase}`, () => assert.equal(phaseOf(state), phase));

test("the moments worth going to: first edges, half of them, and the chosen filter's own", () => {
  const since = { since: [2, 10, 10, 2] };
  const story = [
    ["snapshot", snapshot(0, NOISE)],
    ["snapshot", snapshot(2, ["edge", "noise", "noise", "noise"])],
    ["snapshot", { ...snapshot(10, ["edge", "line", "edge", "noise"]), ...since }],
  ];
  const told = pageAfter(heard(story));
  assert.equal(edgeMoment(told).step, 2);
  const chosen = after(told, { type: "filter_chosen", filter: 1 });
  assert.deepEqual(moments(chosen)[0], { step: 10, words: "filter 2 becomes a line" });
  assert.equal(edgeMoment(chosen).step, 10);
  assert.equal(edgeMoment(after(told, { type: "filter_chosen", filter: 3 })), null);
});
