// What the tour's cards say: the line of code, the guess, and what came of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { askedOf, startsNext, toldOf } from "../../static/js/tour/told.js";
import { lineOf } from "../../static/js/tour/question.js";
import { initialState } from "../../static/js/state/initial.js";
import { reduce } from "../../static/js/state/reduce.js";
import { STORY, heard, pageAfter, queued } from "./story.js";

const onCard = (state, tour) => reduce(state, { type: "tour_chosen", tour });
const guess = (count, of = 4) => ({ count, of, run: "r" });
const ended = pageAfter(heard(STORY));
const training = pageAfter(heard(STORY.slice(0, -1)));

for (const [state, guessed, words] of [
  [ended, guess(1), "You said 1; it was 3."],
  [ended, guess(3), "You said 3, and 3 it was."],
  [training, guess(2), "You said 2; so far it is 3."],
  [ended, guess(2, 16), null],
  [ended, null, null],
])
  test(`the card that reveals says ${words}, and nothing of a guess about other filters`, () => {
    assert.equal(toldOf(onCard(state, 4), guessed).result, words);
    assert.equal(toldOf(onCard(state, 2), guessed).result, null);
  });

test("one is asked of as many filters as can be told apart, and keeps what one has said", () => {
  assert.deepEqual(askedOf(ended, null), { of: 4, count: null });
  assert.deepEqual(askedOf(ended, guess(2)), { of: 4, count: 2 });
  const unjudged = { ...ended, frames: ended.frames.map((frame) => ({ ...frame, verdicts: null })) };
  assert.equal(askedOf(unjudged, null), null);
  assert.match(toldOf(onCard(unjudged, 4), guess(2)).words[0], /can’t be compared/);
});

test("the tour starts a run before the first card that needs one, and only where it may", () => {
  const bare = reduce(initialState(), { type: "presets_loaded", presets: [] });
  const starts = (state) => [...Array(11).keys()].filter((at) => startsNext(onCard(state, at + 1)));
  assert.deepEqual(starts(bare), [2]);
  assert.deepEqual(starts(ended), []);
  assert.deepEqual(starts({ ...bare, access: "watch" }), []);
  assert.deepEqual(starts({ ...bare, pending: "start" }), []);
  assert.equal(toldOf(onCard(bare, 3), null).next, "Train and see");
});

test("the first card shows the line that makes the filters on the stage, as far as it is known", () => {
  const layers = [
    { type: "conv2d", filters: 4, kernel_size: 3, strides: 2, padding: "same", activation: "relu" },
  ];
  const known = { ...ended, run: { ...queued(), recipe: { layers } } };
  assert.equal(lineOf(known), 'model.add(Conv2D(4, 3, strides=2, padding="same", activation="relu"))');
  assert.equal(lineOf({ ...ended, run: { ...queued(), recipe: null } }), "model.add(Conv2D(4, 3))");
  assert.equal(lineOf(initialState()), null);
});
