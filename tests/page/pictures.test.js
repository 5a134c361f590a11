// A later layer in pixels: what is asked for, what is shown until it comes, what is kept.

import assert from "node:assert/strict";
import { test } from "node:test";

import { headline } from "../../static/js/words/headline.js";
import { frameOf } from "../../static/js/state/frames.js";
import {
  currentPicture,
  firstPicture,
  isExpanded,
  picturesOf,
  wantedPictures,
} from "../../static/js/state/pictures.js";
import { reduce } from "../../static/js/state/reduce.js";
import { currentFrame } from "../../static/js/state/selectors.js";
import { STORY, heard, pageAfter, queued, typedArray } from "./story.js";

const after = (state, ...actions) => actions.reduce(reduce, state);
const stepsOf = (frames) => frames.map(({ step }) => step);
const kernelOf = (size) => typedArray(Array(size * size).fill(0.1), [size, size, 1, 1]);
const told = (step, size = 7, run = "r", layer = "conv2") => ({
  type: "picture_told",
  run,
  layer,
  frame: frameOf({ step, layer, kernel: kernelOf(3) }),
  picture: frameOf({ step, layer, kernel: kernelOf(size) }),
});
const promised = { type: "pictures_promised" };
const deep = pageAfter([...heard(STORY), promised, { type: "layer_chosen", layer: "conv2" }]);

test("of a later layer the newest picture is wanted first, then where it began; of the first layer none", () => {
  assert.deepEqual(wantedPictures(deep), [10, 0]);
  assert.deepEqual(wantedPictures(after(deep, told(10))), [0]);
  assert.deepEqual(wantedPictures(after(deep, told(10), told(0))), []);
  assert.deepEqual(wantedPictures(after(deep, { type: "looked_at", step: 2 })), [2, 0]);
  assert.deepEqual(wantedPictures(after(deep, { type: "layer_chosen", layer: null })), []);
});

test("until a step's picture is there, the one told last stays; each is a snapshot that was", () => {
  assert.equal(currentPicture(deep), null);
  const known = after(deep, told(0), told(10));
  assert.equal(currentPicture(known).step, 10);
  assert.equal(firstPicture(known).step, 0);
  const back = after(known, { type: "looked_at", step: 2 });
  assert.equal(currentPicture(back).step, 10);
  assert.equal(currentPicture(after(back, told(2))).step, 2);
});

test("while a run still tells what it told before, nothing is asked", () => {
  const early = pageAfter([...heard(STORY.slice(0, 2)), promised, { type: "layer_chosen", layer: "conv2" }], {
    ...queued(),
    status: "finished",
    step: 10,
  });
  assert.deepEqual(wantedPictures({ ...early, run: { ...early.run, status: "finished", step: 10 } }), []);
});

test("what is of another run or layer isn't shown", () => {
  assert.equal(after(deep, told(10, 7, "s")), deep);
  assert.equal(after(deep, told(10, 7, "r", "conv3")), deep);
  assert.deepEqual(picturesOf(after(deep, told(10), { type: "layer_chosen", layer: "conv3" })), []);
});

test("pictures of a large layer give way, but the first stays", () => {
  const large = [0, 1, 2, 3, 4, 5].reduce((state, step) => reduce(state, told(step, 1024)), deep);
  assert.deepEqual(stepsOf(picturesOf(large)), [0, 3, 4, 5]);
});

test("where it can't be drawn, and on a page that asks nobody, a later layer is its raw numbers", () => {
  const refused = after(deep, { type: "pictures_refused", run: "r", layer: "conv2" });
  const offline = pageAfter([...heard(STORY), { type: "layer_chosen", layer: "conv2" }]);
  const alone = { ...deep, run: { ...deep.run, can: { look: "kernel" } } };
  for (const page of [refused, offline, alone]) {
    assert.equal(isExpanded(page), false);
    assert.deepEqual(wantedPictures(page), []);
    assert.equal(currentPicture(page), currentFrame(page));
    assert.match(headline(page), /raw numbers/);
  }
  assert.match(headline(deep), /conv2 look for/);
});
