// What the server is asked to train: a preset, a run once more, a run mended or changed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { mendingRate } from "../../static/js/control/mending.js";
import { recipeAgain, recipeOf } from "../../static/js/control/recipes.js";
import { HELD, differencesOf } from "../../static/js/scenes/twins/differences.js";
import { canLetGo } from "../../static/js/scenes/twins/letting_go.js";
import { differencesIn, titleOf, underOf } from "../../static/js/scenes/twins/words.js";
import { expectedSeconds } from "../../static/js/state/durations.js";
import { initialState } from "../../static/js/state/initial.js";
import { convolutionsOf } from "../../static/js/state/layers.js";

const RECIPE = {
  name: "R",
  dataset: "mnist",
  pixels: "natural",
  labels: "true",
  objective: { type: "classify" },
  layers: [
    { type: "conv2d", filters: 4, kernel_size: 5, kernel_initializer: "glorot_uniform", weight_decay: 0 },
    { type: "flatten" },
    { type: "dense", units: 10 },
  ],
  optimizer: { type: "sgd", learning_rate: 0.1, schedule: "linear", momentum: 0.9 },
  batch_size: 32,
  steps: 100,
  epochs: null,
  seed: 1,
};
const RUN = { id: "r", name: "R", preset: "mnist-strokes", status: "finished", recipe: RECIPE };
const failed = (code, preset = "mnist-strokes") => ({ ...RUN, preset, status: "failed", error: { code } });
const withPreset = (learning_rate, type = "sgd") => ({
  ...initialState(),
  presets: [{ name: "mnist-strokes", recipe: { optimizer: { type, learning_rate } }, total_steps: 100 }],
});

test("a choice is asked for by the name of its preset, and spoilt only where it is to be", () => {
  assert.deepEqual(recipeOf({ preset: "p", spoil: "none" }), { preset: "p" });
  assert.deepEqual(recipeOf({ preset: "p", spoil: "pixels" }), {
    preset: "p",
    pixels: "shuffled",
    labels: "true",
  });
});

test("a run once more is its preset with its own recipe over it, and what is changed over that", () => {
  const again = recipeAgain(RUN, { seed: 2 });
  assert.deepEqual(again, { preset: "mnist-strokes", ...RECIPE, seed: 2 });
  assert.ok(!("preset" in recipeAgain({ ...RUN, preset: null })));
});

test("a run that was made longer is trained again at its whole length, however its recipe said it", () => {
  const again = recipeAgain({ ...RUN, total_steps: 250, lengthened: true });
  assert.deepEqual(JSON.parse(JSON.stringify({ steps: again.steps, epochs: again.epochs })), { steps: 250 });
  const epochs = { ...RUN, recipe: { ...RECIPE, steps: null, epochs: 12 }, total_steps: 5616 };
  assert.equal(recipeAgain(epochs).epochs, 12);
  const longer = recipeAgain({ ...epochs, total_steps: 11_232, lengthened: true });
  assert.equal(JSON.stringify([longer.steps, longer.epochs]), "[11232,null]");
  assert.equal(recipeAgain({ ...RUN, lengthened: true, total_steps: 250 }, { steps: 7 }).steps, 7);
});

test("a rate that broke a run gives way to the preset's, or to a tenth of it", () => {
  assert.equal(mendingRate({ ...withPreset(0.02), run: failed("diverged") }), 0.02);
  assert.equal(mendingRate({ ...withPreset(0.5), run: failed("diverged") }), 0.01);
  assert.equal(mendingRate({ ...withPreset(0.001, "adam"), run: failed("diverged") }), 0.01);
  assert.equal(mendingRate({ ...withPreset(0.02), run: failed("worker_lost") }), null);
  assert.equal(mendingRate({ ...withPreset(0.02), run: RUN }), null);
});

test("what differs between two recipes is told by name, whatever the order of their keys", () => {
  const reversed = Object.fromEntries(Object.entries(RECIPE).reverse());
  assert.deepEqual(differencesOf(RECIPE, reversed), { changes: [], others: [] });
  const shuffled = differencesOf(RECIPE, { ...RECIPE, pixels: "shuffled", batch_size: 64 });
  assert.deepEqual(
    shuffled.changes.map(({ key }) => key),
    ["pixels"],
  );
  assert.deepEqual(shuffled.others, ["batch size"]);
});

test("an experiment takes as long as it last took here, else as on a laptop", () => {
  const state = withPreset(0.1);
  assert.equal(expectedSeconds(state, "mnist-strokes"), 4);
  assert.equal(expectedSeconds(state, "own"), null);
  const past = { ...RUN, total_steps: 100, training_seconds: 7 };
  assert.equal(expectedSeconds({ ...state, runs: [past] }, "mnist-strokes"), 7);
  assert.equal(expectedSeconds({ ...state, runs: [{ ...past, total_steps: 9 }] }, "mnist-strokes"), 4);
});

test("the layers with filters are the convolutions, in order", () => {
  assert.deepEqual(convolutionsOf(RECIPE), [RECIPE.layers[0]]);
});

test("twins that hold other filters, or begin elsewhere, are not the same recipe twice", () => {
  const continues = { run: "a1", step: 60, weights_only: true };
  const state = (run) => ({ run: { name: "Leaves", recipe: RECIPE, ...run }, pending: null, view: {} });
  const pair = (a, b) => ({ a: state(a), b: state(b) });
  const held = { recipe: { ...RECIPE, without: { conv1: [15] } } };
  assert.deepEqual(differencesIn(pair({}, held)).others, [HELD]);
  assert.deepEqual(differencesIn(pair({ continues }, { ...held, continues })).others, [HELD]);
  const unlike = pair({}, { continues });
  assert.equal(titleOf(state({}), unlike, false), "One difference: where they begin.");
  assert.equal(underOf(state({}), unlike), "All else is the same.");
  assert.match(underOf(state({}), pair({ continues }, { continues })), /to the last digit/);
  assert.ok(canLetGo(state(held)) && canLetGo(state({ ...held, continues })) && !canLetGo(state({})));
  const further = { ...held, continues: { ...continues, weights_only: false } };
  assert.equal(canLetGo(state(further)), false);
  assert.equal(canLetGo({ ...state(held), pending: "start" }), false);
});
