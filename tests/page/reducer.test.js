// One run, replayed: the page follows from what is told, in whatever order and however often.

import assert from "node:assert/strict";
import { test } from "node:test";

import { initialState } from "../../static/js/state/initial.js";
import { reduce } from "../../static/js/state/reduce.js";
import { marks } from "../../static/js/state/moments.js";
import { currentFrame, isLive, sharedLimit } from "../../static/js/state/selectors.js";
import { headline, under } from "../../static/js/words/headline.js";
import { NOISE, STORY, heard, pageAfter, queued, snapshot } from "./story.js";

const ALERT = ["alert", { step: 10, message: "Dead in conv1: filter 3. Try another seed." }];
const RESET = { type: "story_reset", run: "r" };

const stepsOf = (state) => state.frames.map((frame) => frame.step);

test("a recorded run tells its end", () => {
  const end = pageAfter(heard(STORY));
  assert.equal(headline(end), "3 of 4 filters see edges or lines.");
  assert.deepEqual([end.run.status, end.run.step, isLive(end)], ["finished", 10, false]);
  assert.deepEqual(stepsOf(end), [0, 2, 10]);
  assert.deepEqual(end.training.step, [1, 2]);
  assert.equal(end.gaps, false);
});

test("the newest alert takes the line under the headline", () => {
  const older = ["alert", { step: 2, message: "Exploding: all of it." }];
  const told = { tone: "warn", lead: "Dead in conv1:", text: "filter 3. Try another seed." };
  assert.deepEqual(under(pageAfter(heard([...STORY.slice(0, -1), older, ALERT]))), told);
  assert.deepEqual(under(pageAfter(heard([...STORY.slice(0, -1), ALERT, STORY.at(-1)]))), told);
});

test("who looks back reads of that instead of an alert", () => {
  const live = heard([...STORY.slice(0, -1), ALERT]);
  const back = pageAfter([...live, { type: "looked_at", step: 2 }]);
  assert.equal(under(back).lead, "You are looking at step 2.");
});

test("another run begins without the alerts of the last", () => {
  const live = heard([...STORY.slice(0, -1), ALERT]);
  const opened = { type: "run_opened", run: { ...queued("s"), status: "running" } };
  assert.equal(under(pageAfter([...live, opened])).tone, "");
});

test("an event heard twice counts once", () => {
  assert.equal(pageAfter(heard([...STORY, ...STORY])).seq, 2 * STORY.length);
  assert.deepEqual(stepsOf(pageAfter(heard([STORY[0], ...STORY]))), [0, 2, 10]);
  const once = pageAfter(heard(STORY));
  assert.deepEqual(pageAfter([...heard(STORY), ...heard(STORY)]), once);
  assert.deepEqual(pageAfter(heard(STORY).flatMap((event) => [event, event])), once);
});

test("events of another run are left aside", () => {
  assert.deepEqual(stepsOf(pageAfter(heard(STORY, "other"))), []);
});

test("an event of a kind that the page doesn't know is passed over, and counted", () => {
  const before = pageAfter(heard(STORY.slice(0, -1)));
  const seq = before.seq + 1;
  const after = reduce(before, { type: "event", run: "r", at: 9e3, kind: "sung", seq, data: {} });
  assert.deepEqual([after.seq, after.frames, after.run], [seq, before.frames, before.run]);
});

test("a snapshot after a hole in the numbers means that the film has more", () => {
  const [first, ...rest] = heard(STORY);
  assert.equal(pageAfter([first, ...rest.slice(2)]).gaps, false); // the hole is before losses
  assert.equal(pageAfter([first, rest[0], ...rest.slice(3)]).gaps, true);
});

test("the scale never shrinks and covers the film", () => {
  const told = heard(STORY);
  const limits = told.map((_, at) => sharedLimit(pageAfter(told.slice(0, at + 1))));
  assert.deepEqual(
    limits,
    limits.toSorted((one, other) => one - other),
  );
  assert.ok(Math.abs(limits.at(-1) - 0.2) <= 0.05 * 0.2, `${limits.at(-1)} is not about 0.2`);
});

test("marks say when edges came to stay", () => {
  assert.deepEqual(marks(pageAfter(heard(STORY))), [
    { step: 2, words: "first edges" },
    { step: 10, words: "half of them" },
  ]);
});

test("looking back shows the frame at or before the step", () => {
  const back = pageAfter([...heard(STORY), { type: "looked_at", step: 7 }]);
  assert.equal(currentFrame(back).step, 2);
  assert.equal(headline(back), "1 of 4 filters saw edges or lines.");
});

test("looking at the last step is looking live", () => {
  const end = pageAfter([...heard(STORY), { type: "looked_at", step: 10 }]);
  assert.equal(headline(end), "3 of 4 filters see edges or lines.");
  assert.equal(end.view.step, null);
});

test("what is told after a reset takes the place of all before", () => {
  const halted = [...STORY.slice(0, -2), ["snapshot", snapshot(3, NOISE)], ...STORY.slice(-2)];
  assert.deepEqual(stepsOf(pageAfter(heard(halted))), [0, 2, 3, 10]);
  const again = heard(STORY).map((action) => ({ ...action, at: 0 }));
  const after = pageAfter([...heard(halted), RESET, ...again]);
  const { pace, ...told } = after;
  const { pace: other, ...fresh } = pageAfter(heard(STORY));
  assert.deepEqual(told, fresh);
});

test("a reset keeps the run on the stage", () => {
  const end = pageAfter([...heard(STORY.slice(0, -1)), RESET]);
  const { seq, run, training } = end;
  assert.deepEqual([seq, stepsOf(end), training.step, run.status], [0, [], [], "running"]);
});

test("a reset of another run is left aside", () => {
  const end = pageAfter([...heard(STORY), { ...RESET, run: "s" }]);
  assert.deepEqual(stepsOf(end), [0, 2, 10]);
});

test("events of the second run change nothing of the first", () => {
  const first = pageAfter(
    heard([["steps", { step: [1, 2], loss: [2, 1], accuracy: [0, 1] }]], "a"),
    queued("a"),
  );
  const both = [
    { type: "run_opened", run: queued("b") },
    ...heard([["steps", { step: [1], loss: [9], accuracy: [0] }]], "b"),
    ...heard([["steps", { step: [7], loss: [9], accuracy: [0] }]], "a"),
  ].reduce((state, action) => reduce(state, { type: "twin_told", action }), first);
  const { twin, ...rest } = both;
  for (const [key, value] of Object.entries(rest)) assert.equal(value, first[key], key);
  assert.deepEqual(twin.training.loss, [9]);
  assert.equal(reduce(both, { type: "twin_left" }).twin, null);
});

for (const [asked, got] of [
  [0, null],
  [null, null],
  [3, 3],
  [99, 11],
])
  test(`step ${asked} of the tour is ${got}: only those that are there`, () => {
    assert.equal(reduce(initialState(), { type: "tour_chosen", tour: asked }).view.tour, got);
  });
