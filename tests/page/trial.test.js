// Filters of one's own beside learned and random ones: which recipes, and what is said of what came of them.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  NOBODYS,
  isBeside,
  isSame,
  isSameStart,
  keptItsRate,
  recipeFor,
  wayOf,
  withFilters,
} from "../../static/js/scenes/workshop/trial_ways.js";
import {
  captionOf,
  isBeyondSeeds,
  spreadWords,
  trainWords,
  verdictOf,
} from "../../static/js/scenes/workshop/trial_words.js";
import { noteOf } from "../../static/js/scenes/workshop/trial_rows.js";

const FIRST = {
  type: "conv2d",
  filters: 16,
  kernel_size: 9,
  kernel_initializer: "he_normal",
  trainable: true,
};
const BASE = {
  name: "Leaves",
  dataset: "dead-leaves",
  layers: [
    FIRST,
    { type: "conv2d", filters: 32, kernel_size: 3, trainable: true },
    { type: "dense", units: 10 },
  ],
  optimizer: { type: "sgd", learning_rate: 0.05, schedule: "linear" },
  seed: 0,
};
const own = (bdata) => ({
  start: { type: "given", kernel: { dtype: "f4", shape: "9, 9, 3, 16", bdata } },
  name: "",
});
const WAYS = ["learned", "frozen", "free", "random"];

test("a recipe is told by its first layer from the others it is compared with", () => {
  for (const way of WAYS) {
    const recipe = recipeFor(BASE, way, own("AAAA"), 3);
    assert.equal(wayOf(recipe), way);
    assert.equal(recipe.seed, 3);
    assert.deepEqual(recipe.layers.slice(1), BASE.layers.slice(1));
    assert.ok(isBeside(recipe, BASE));
  }
  assert.equal(BASE.layers[0], FIRST);
});

test("filters that nobody chose are drawn as the recipe says, else by Glorot's rule", () => {
  const random = recipeFor(BASE, "random", own("AAAA"), 0).layers[0];
  assert.deepEqual([random.kernel_initializer, random.trainable], ["he_normal", false]);
  const frozen = recipeFor(BASE, "frozen", own("AAAA"), 0);
  assert.equal(recipeFor(frozen, "random", NOBODYS, 0).layers[0].kernel_initializer, "glorot_uniform");
  const others = { ...BASE, layers: [{ ...FIRST, kernel_initializer: "zeros" }, ...BASE.layers.slice(1)] };
  assert.ok(!isBeside(BASE, others) && isBeside(frozen, others));
});

test("recipes are the same whatever they are called, whatever the order of their fields", () => {
  const turned = Object.fromEntries(Object.entries({ ...BASE, name: "other", epochs: null }).reverse());
  assert.ok(isSame(BASE, turned));
  assert.ok(!isSame(BASE, { ...BASE, seed: 1 }));
  assert.ok(!isSame(BASE, { ...BASE, optimizer: { ...BASE.optimizer, momentum: 0.9 } }));
  assert.ok(!isBeside(BASE, { ...BASE, batch_size: 32 }));
  const [one, other] = ["AAAA", "BBBB"].map((bdata) => recipeFor(BASE, "frozen", own(bdata), 0));
  assert.ok(!isSame(one, other) && !isSameStart(one, other));
  assert.ok(isSameStart(one, recipeFor(BASE, "free", own("AAAA"), 1)));
});

test("a run that was given another rate on the way isn't what its recipe says", () => {
  const falling = [0.05, 0.0337, 0.0173, 0.001].map((_, at) => 0.05 * (1 - (0.98 * at) / 3));
  assert.ok(keptItsRate(BASE, falling));
  assert.ok(!keptItsRate(BASE, falling.with(2, 0.04)));
  const constant = { ...BASE, optimizer: { ...BASE.optimizer, schedule: "constant" } };
  assert.ok(keptItsRate(constant, [0.05, 0.05, 0.05]));
  assert.ok(!keptItsRate(constant, [0.05, 0.05, 0.01]));
  assert.ok(!keptItsRate(constant, [0.01, 0.01]));
});

test("a network can be given as many filters, as large, as there are in the bank", () => {
  const [first, second] = withFilters(BASE, [5, 5, 3, 8]).layers;
  assert.deepEqual([first.kernel_size, first.filters, second.filters], [5, 8, 32]);
});

test("a long name is cut, and what was done to the filters can still be read", () => {
  const { name } = recipeFor({ ...BASE, name: "leaf ".repeat(20) }, "random", NOBODYS, 0);
  assert.ok(name.length <= 80 && name.endsWith(" · random filters, frozen"));
});

for (const [plan, words] of [
  [{ filled: 11, missing: 3, seeds: 1, yours: true }, "Train with 11 and 5 random ones"],
  [{ filled: 15, missing: 3, seeds: 1, yours: true }, "Train with 15 and 1 random one"],
  [{ filled: 16, missing: 3, seeds: 1, yours: true }, "Train with these 16"],
  [{ filled: 16, missing: 3, seeds: 3, yours: true }, "Train with these 16, three seeds"],
  [{ filled: 16, missing: 2, seeds: 1, yours: false }, "Train what they are compared with"],
  [{ filled: 16, missing: 0, seeds: 1, yours: false }, "Train one more seed"],
  [{ filled: 0, missing: 3, seeds: 1, yours: true }, "Train with your filters"],
])
  test(`the button says “${words}”`, () => assert.equal(trainWords({ count: 16, ...plan }), words));

test("nothing is said before every way has an end, and nothing is claimed of one seed or two", () => {
  assert.deepEqual(verdictOf({ learned: [0.85], frozen: [0.89] }), []);
  assert.match(
    verdictOf({ learned: [0.85], frozen: [0.89], random: [0.5] })[0],
    /^One seed can’t .* Two more/,
  );
  const two = { learned: [0.85, 0.86], frozen: [0.89, 0.88], random: [0.5, 0.6] };
  assert.match(verdictOf(two)[0], /^Two seeds can’t .* One more/);
});

test("a difference is claimed where it is larger than what the seeds differ by", () => {
  const learned = [0.858, 0.8515, 0.8485];
  const random = [0.5465, 0.526, 0.522];
  assert.deepEqual(verdictOf({ learned, random, frozen: [0.892, 0.882, 0.889] }), [
    "Yours do better than learned ones by 3.5 points, more than three seeds differ.",
    "Beside random ones they do better by 35.6 points, more than three seeds differ.",
  ]);
  assert.deepEqual(verdictOf({ learned, random, free: [0.85, 0.853, 0.856] }), [
    "Yours do as well as learned ones, as far as three seeds can tell: " +
      "0.0 points lie within what they differ by.",
    "Beside random ones they do better by 32.1 points, more than three seeds differ.",
  ]);
  const worse = verdictOf({ learned, random, frozen: [0.53, 0.54, 0.52] });
  assert.match(worse[0], /^Yours do worse than learned ones by 32\.\d points/);
  assert.match(worse[1], /^Beside random ones they make no difference, as far as three seeds can tell/);
});

test("frozen and free are told apart where both were trained", () => {
  const same = [0.9, 0.91, 0.92];
  const told = verdictOf({ learned: same, random: same, frozen: same, free: same });
  assert.equal(told.length, 4);
  assert.match(told[0], /^Yours, frozen, do as well/);
  assert.match(told[2], /^Yours, free to learn, do as well/);
});

test("of a way with too few seeds nothing is said where another has enough", () => {
  const same = [0.9, 0.91, 0.92];
  const told = verdictOf({ learned: same, random: same, frozen: [0.9], free: same });
  assert.equal(told.length, 2);
  assert.match(told[0], /^Yours, free to learn, do as well/);
});

test("the spread of seeds is that of the wider of two", () => {
  assert.ok(isBeyondSeeds([0.9, 0.91], [0.8, 0.81]));
  assert.ok(!isBeyondSeeds([0.9, 0.91], [0.8, 0.95]));
  assert.equal(spreadWords([0.85]), "");
  assert.equal(spreadWords([0.85, 0.8705, 0.8445]), "84.5 to 87.1 %, three seeds");
});

test("the caption says of which step, and what guessing gives", () => {
  assert.match(captionOf({ step: 1000, guess: 0.1, live: false }), /step 1,000; guessing gives 10 %\./);
  assert.match(captionOf({ step: 1000, guess: 0.1, live: true }), /so far/);
});

test("a row says where its runs stand, the worst first", () => {
  const run = (more) => ({
    accuracy: 0.8,
    problem: "",
    isGoingOn: false,
    counts: true,
    step: 40,
    total: 400,
    ...more,
  });
  assert.equal(noteOf([]), "not trained yet");
  assert.equal(noteOf([run({ status: "finished" })]), "");
  assert.equal(noteOf([run({ status: "running", isGoingOn: true, counts: false })]), "step 40 of 400");
  assert.equal(noteOf([run({ status: "queued", isGoingOn: true, counts: false })]), "waits in line");
  assert.equal(noteOf([run({ status: "stopped", counts: false })]), "stopped before its end");
  assert.equal(noteOf([run({}), run({ problem: "It diverged.", counts: false })]), "It diverged.");
});
