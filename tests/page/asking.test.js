// Questions to the server: the newest is always asked, and an answer that is known isn't asked for again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { spokenMessageOf } from "../../static/js/control/asking.js";
import { ApiError } from "../../static/js/net/api.js";
import { decodeArray, decodeShape, encodeBytes } from "../../static/js/net/typed_array.js";
import { askAtRest } from "../../static/js/net/asking.js";
import { askNewest } from "../../static/js/net/newest.js";
import { isMoving } from "../../static/js/state/selectors.js";
import { Memory } from "../../static/js/net/memory.js";
import { typedArray } from "./story.js";

/** A question that is answered when one says so. */
function asked() {
  let answer = () => {};
  const question = new Promise((resolve) => (answer = resolve));
  return { question: () => question, answer };
}

test("of questions that come up meanwhile only the newest is asked, and it always is", async () => {
  const heard = [];
  const ask = askNewest(
    (answer) => heard.push(answer),
    (error) => heard.push(error.message),
  );
  const [first, skipped, last] = [asked(), asked(), asked()];
  ask(first.question);
  ask(() => assert.fail("a newer question was there before this one's turn came"));
  skipped.answer("never");
  ask(last.question);
  first.answer("first");
  last.answer("last");
  await new Promise(setImmediate);
  assert.deepEqual(heard, ["first", "last"]);
  ask(async () => {
    throw new Error("refused");
  });
  await new Promise(setImmediate);
  assert.deepEqual(heard, ["first", "last", "refused"]);
});

/** Which steps were asked about, at a clock that a test moves on. */
function atRest({ mock }) {
  globalThis.window = globalThis; // of which the page's modules take their timers
  mock.timers.enable({ apis: ["setTimeout"] });
  const steps = [];
  const about = ({ picture }) => picture;
  const ask = askAtRest({ about, ask: async ({ step }) => steps.push(step) }, assert.ok, assert.fail);
  const want = (step, more = {}) => ask({ step, picture: 0, live: false, moving: false, ...more });
  const pass = async (milliseconds) => {
    mock.timers.tick(milliseconds);
    await new Promise(setImmediate);
  };
  return { steps, want, pass };
}

test("while the film moves no step is asked about, and the one it comes to rest at is", async (test) => {
  const { steps, want, pass } = atRest(test);
  want(10);
  await pass(0);
  want(20); // not yet at rest when the film begins to move
  for (const step of [20, 30, 40, 40]) {
    want(step, { moving: true });
    await pass(1000);
  }
  assert.deepEqual(steps, [10]);
  want(40);
  await pass(100);
  assert.deepEqual(steps, [10]);
  await pass(100);
  assert.deepEqual(steps, [10, 40]);
});

test("another picture is asked about at once, even while the film moves", async (test) => {
  const { steps, want, pass } = atRest(test);
  want(10);
  await pass(0);
  want(20, { moving: true, picture: 1 });
  await pass(0);
  assert.deepEqual(steps, [10, 20]);
});

test("while training goes on each step isn't waited out, and a hand on the film stops the questions", async (test) => {
  const { steps, want, pass } = atRest(test);
  for (let step = 0; step < 10; step++) {
    want(step, { live: true });
    await pass(100);
  }
  assert.deepEqual(steps, [0, 4, 8]);
  for (let step = 10; step < 20; step++) {
    want(step, { live: true, moving: true });
    await pass(100);
  }
  assert.deepEqual(steps, [0, 4, 8]);
});

test("the film moves while it is held or replayed", () => {
  const view = { held: false, replaying: false };
  assert.equal(isMoving({ view }), false);
  assert.equal(isMoving({ view: { ...view, held: true } }), true);
  assert.equal(isMoving({ view: { ...view, replaying: true } }), true);
});

test("an answer is kept, the last one stays while the next is on its way, and errors are asked anew", async () => {
  const questions = [];
  const memory = new Memory(
    async (state) => {
      questions.push(state);
      if (state === "broken") throw new Error("refused");
      return `answer to ${state}`;
    },
    () => {},
  );
  await memory.ask("one", "one");
  await memory.ask("one", "one");
  assert.deepEqual(questions, ["one"]);
  assert.deepEqual(memory.told("one"), { value: "answer to one", current: true, error: null });
  assert.deepEqual(memory.told("two"), { value: "answer to one", current: false, error: null });
  assert.deepEqual(memory.told(undefined), { value: null, current: false, error: null });
  await memory.ask("two", "broken");
  assert.equal(memory.told("two").error.message, "refused");
  await memory.ask("two", "two");
  assert.equal(memory.told("two").value, "answer to two");
});

test("arrays come out as they went in", () => {
  const spec = typedArray([1.5, -2, 0.25, 4, 5, 6], [1, 2, 3]);
  assert.deepEqual(decodeShape(spec), [1, 2, 3]);
  assert.deepEqual([...decodeArray(spec)], [1.5, -2, 0.25, 4, 5, 6]);
  const bytes = Uint8Array.of(0, 7, 255);
  assert.deepEqual(decodeArray(encodeBytes(bytes, [3])), bytes);
  assert.throws(() => decodeArray({ ...spec, dtype: "c8" }), /dtype c8 is not one of f4,f8,u1,i4/);
});

test("what the server says of a recipe's field is told by the field's label, and all else as it is", async () => {
  const said = (message, field) => spokenMessageOf(new ApiError(422, { code: "invalid", message, field }));
  assert.equal(
    await said("kernel_size is 40; at most 11 is possible.", "layers.0.kernel_size"),
    "Size is 40; at most 11 is possible.",
  );
  assert.equal(await said("Only 3 MiB of disk are free.", null), "Only 3 MiB of disk are free.");
  assert.equal(await spokenMessageOf(new Error("lost")), "lost");
});
