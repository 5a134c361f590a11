// The builder away from any page: a draft and its changes, sliders, sentences, what is kept.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { baseOf, brokenBy } from "../../static/js/scenes/build/base.js";
import { curveWords, rateShare } from "../../static/js/scenes/build/curve.js";
import { hasSlider } from "../../static/js/scenes/build/controls.js";
import * as drafts from "../../static/js/scenes/build/draft.js";
import { keep, recalled } from "../../static/js/scenes/build/keeping.js";
import { bandOf } from "../../static/js/scenes/build/kinds.js";
import { sketchOf } from "../../static/js/scenes/build/planning.js";
import { PLACES, placeOf, valueAt } from "../../static/js/scenes/build/scale.js";
import { numberIn } from "../../static/js/scenes/build/numbers.js";
import * as words from "../../static/js/scenes/build/words.js";
import { LAYER_KINDS, OPTIMIZER_KINDS, RECIPE_SETTINGS } from "../../static/js/recipe_catalogue.js";
import { initialState } from "../../static/js/state/initial.js";
import { inLabels } from "../../static/js/words/fields.js";

const RECIPE = {
  name: "R",
  dataset: "dead-leaves",
  objective: { type: "classify" },
  layers: [
    { type: "conv2d", filters: 16, kernel_size: 9, strides: 2 },
    { type: "max_pool2d", pool_size: 2 },
    { type: "global_average_pool2d" },
    { type: "dense", units: 10 },
  ],
  optimizer: { type: "sgd", learning_rate: 0.05, momentum: 0.9, schedule: "linear" },
  batch_size: 64,
  steps: 400,
  seed: 0,
};
const BASE = { key: "preset p none", title: "Dead leaves", preset: "p", recipe: RECIPE };
const begin = () => drafts.begun(BASE);
const typesOf = ({ recipe }) => recipe.layers.map(({ type }) => type);

test("a layer is added below, chosen, and begins as the catalogue has it", () => {
  const draft = drafts.added(begin(), "conv2d", 2);
  assert.deepEqual(typesOf(draft).slice(1, 4), ["max_pool2d", "conv2d", "global_average_pool2d"]);
  assert.equal(draft.chosen, 2);
  const made = LAYER_KINDS.find(({ type }) => type === "conv2d").new;
  assert.deepEqual(draft.recipe.layers[2], made);
});

test("every kind of layer can be added, has settings with labels, and is summed up in words", () => {
  for (const { type, settings } of LAYER_KINDS) {
    const draft = drafts.added(begin(), type, 1);
    assert.equal(draft.recipe.layers[1].type, type);
    assert.ok(!words.summaryOf(draft.recipe.layers[1]).includes("undefined"));
    assert.ok(settings.every(({ label, kind }) => label && kind));
  }
});

test("a layer is moved, removed, and each change is taken back in turn", () => {
  const moved = drafts.moved(begin(), 1, 0);
  assert.deepEqual(typesOf(moved).slice(0, 2), ["max_pool2d", "conv2d"]);
  assert.equal(moved.chosen, 0);
  const removed = drafts.removed(moved, 0);
  assert.deepEqual(typesOf(removed)[0], "conv2d");
  assert.equal(removed.past.length, 2);
  const back = drafts.undone(drafts.undone(removed));
  assert.deepEqual(back.recipe, RECIPE);
  assert.equal(drafts.undone(back), back);
  assert.equal(drafts.moved(begin(), 0, -1).past.length, 0);
});

test("a change leaves the draft before it alone", () => {
  const before = begin();
  const text = JSON.stringify(before);
  drafts.set(before, ["layers", 0, "filters"], 3);
  drafts.removed(before, 0);
  drafts.withOptimizer(before, "adam");
  assert.equal(JSON.stringify(before), text);
});

test("all that one slider says is one change, and what changes nothing is none", () => {
  let draft = begin();
  for (const filters of [17, 18, 19]) draft = drafts.set(draft, ["layers", 0, "filters"], filters);
  assert.equal(draft.past.length, 1);
  assert.equal(drafts.undone(draft).recipe.layers[0].filters, 16);
  assert.equal(drafts.set(draft, ["layers", 0, "filters"], 19), draft);
  assert.equal(drafts.set(draft, ["seed"], 4).past.length, 2);
});

test("another optimiser comes with a rate that suits it, and the base's own comes back as it was", () => {
  for (const { type, rate, suits } of OPTIMIZER_KINDS.filter(({ type }) => type !== "sgd")) {
    const draft = drafts.withOptimizer(begin(), type);
    const { learning_rate, schedule } = draft.recipe.optimizer;
    assert.deepEqual([learning_rate, schedule], [rate, "linear"]);
    assert.ok(suits[0] <= rate && rate <= suits[1]);
    assert.deepEqual(drafts.withOptimizer(draft, "sgd").recipe.optimizer, RECIPE.optimizer);
  }
});

test("a band is shown only where the other settings are those it was measured with", () => {
  assert.deepEqual(bandOf(RECIPE.optimizer), OPTIMIZER_KINDS[0].suits);
  assert.equal(bandOf({ ...RECIPE.optimizer, momentum: 0 }), null);
  assert.notEqual(bandOf({ type: "adam", learning_rate: 5, schedule: "constant" }), null);
  assert.equal(bandOf({ type: "adam", learning_rate: 5, beta_1: 0.5 }), null);
});

test("steps become epochs and epochs steps, as nearly as can be", () => {
  const epochs = drafts.inUnit(begin(), "epochs", 156);
  assert.equal(epochs.recipe.epochs, 3);
  assert.ok(!("steps" in epochs.recipe));
  const steps = drafts.inUnit(epochs, "steps", 156);
  assert.equal(steps.recipe.steps, 468);
  assert.ok(!("epochs" in steps.recipe));
  assert.deepEqual([drafts.withSteps(epochs, 40).recipe.steps, epochs.recipe.epochs], [40, 3]);
});

test("the server is asked for the preset with the whole draft over it", () => {
  assert.deepEqual(drafts.requestOf(begin()), { preset: "p", ...RECIPE });
  assert.ok(!("preset" in drafts.requestOf(drafts.begun({ ...BASE, preset: null }))));
});

test("one builds from the run on the stage, else from the experiment, and a rate that broke gives way", () => {
  const presets = [{ name: "p", title: "P", recipe: { ...RECIPE, epochs: null }, total_steps: 400 }];
  const state = { ...initialState(), presets, choice: { preset: "p", spoil: "labels" } };
  assert.deepEqual(baseOf(state).recipe, { ...RECIPE, pixels: "natural", labels: "random" });
  const recipe = { ...RECIPE, optimizer: { ...RECIPE.optimizer, learning_rate: 20 } };
  const run = { id: "r", name: "Mine", preset: "p", recipe, can: { rerun: true }, status: "failed" };
  const broken = { ...state, run: { ...run, error: { code: "diverged" } } };
  assert.equal(baseOf(broken).title, "Mine");
  assert.deepEqual(brokenBy(broken), { broke: 20, rate: 0.05 });
  assert.equal(brokenBy(state), null);
  assert.equal(baseOf({ ...initialState(), presets: null }), null);
});

test("a slider's place and its value lead back to each other, over every range there is", () => {
  const settings = [...LAYER_KINDS, ...OPTIMIZER_KINDS]
    .flatMap((kind) => kind.settings)
    .concat(RECIPE_SETTINGS);
  for (const setting of settings.filter(hasSlider)) {
    let last = -Infinity;
    for (let place = 0; place <= PLACES; place++) {
      const value = valueAt(setting, place);
      assert.ok(value >= last, `${setting.name} falls at ${place}`);
      assert.ok(value >= (setting.minimum ?? -Infinity) && value <= (setting.maximum ?? Infinity));
      assert.ok(setting.above === undefined || value > setting.above, setting.name);
      assert.ok(setting.below === undefined || value < setting.below, setting.name);
      last = value;
    }
    for (const value of [0, 77, PLACES].map((place) => valueAt(setting, place))) {
      const again = valueAt(setting, placeOf(setting, value));
      assert.ok(Math.abs(again - value) <= 0.06 * value, `${setting.name}: ${value} became ${again}`);
    }
  }
});

test("what is typed is a number, with a comma too, or it isn't one", () => {
  assert.deepEqual(
    [numberIn(" 0,003 ", false), numberIn("12", true), numberIn("1e-3", false)],
    [0.003, 12, 0.001],
  );
  assert.deepEqual([numberIn("quick", false), numberIn("1.5", true), numberIn("", true)], [null, null, null]);
});

test("the first filters are drawn by the smallest recipe that begins alike, broken or not", () => {
  const planned = (shape) => ({ type: "conv2d", output_shape: shape });
  const sketch = sketchOf(RECIPE, { layers: [planned([12, 12, 16])], problems: [{}] });
  assert.deepEqual(typesOf({ recipe: sketch }), ["conv2d", "global_average_pool2d", "dense"]);
  assert.equal(sketchOf(RECIPE, { layers: [planned(null)], problems: [{}] }), null);
  assert.equal(
    sketchOf({ ...RECIPE, dataset: "gray-leaves" }, { layers: [planned([1])], problems: [] }),
    null,
  );
});

test("what can't be is said in the page's words", () => {
  const layers = [...RECIPE.layers.slice(0, 2), { type: "conv2d", filters: 8, kernel_size: 7 }];
  const planned = [{ output_shape: [12, 12, 16] }, { output_shape: [6, 6, 16] }];
  const problem = { layer: 2, field: "layers.2.kernel_size", limit: 6 };
  const said = words.misfitWords({ ...RECIPE, layers }, problem, planned);
  assert.deepEqual(said, { lead: "7×7 doesn’t fit.", rest: "Only 6×6 arrives here after the pool." });
  assert.equal(words.misfitWords(RECIPE, { layer: null, field: "seed", limit: 0 }, []), null);
  const long = inLabels("batch_size is 100000; at most 1024 is possible.", "batch_size");
  assert.equal(long, "Pictures a step is 100000; at most 1024 is possible.");
  assert.equal(inLabels("put depthwise_conv2d behind it", "layers.0"), "Put depthwise conv behind it");
});

test("how a schedule ends is told with its figures", () => {
  assert.equal(rateShare("linear", 1), 0.02);
  assert.equal(curveWords(0.05, "linear", 400), "from 0.05 down to 0.001 at step 400");
  assert.equal(curveWords(0.05, "constant", null), "0.05 up to the last step");
});

test("a summary tells what matters of a block", () => {
  assert.equal(words.summaryOf(RECIPE.layers[0]), "16 filters 9×9, stride 2");
  assert.equal(words.summaryOf({ type: "dropout", rate: 0.25 }), "25 %");
  const bank = { type: "bank", name: "gabor" };
  const layer = { type: "conv2d", filters: 1, kernel_size: 3, kernel_initializer: bank, trainable: false };
  assert.equal(words.summaryOf(layer), "1 filter 3×3, a bank of Gabors, frozen");
  assert.equal(words.firstWords(1, { layers: [layer] }), "The filter as it begins: a bank of Gabors.");
  assert.match(words.firstWords(16, RECIPE), /^The 16 filters as the seed draws them/);
  assert.match(words.firstWords(0, RECIPE), /^Nothing to draw/);
  assert.equal(words.fromWords(begin()), "As Dead leaves.");
  assert.equal(words.fromWords(drafts.startedOver(drafts.set(begin(), ["seed"], 3))), "As Dead leaves.");
  assert.equal(
    words.spokenBlock("Conv", "16 filters", "12×12×16", "3,904"),
    "Conv 16 filters; makes 12 by 12 by 16; 3,904 numbers",
  );
  assert.equal(words.spokenBlock("Flatten", "", "can’t be", ""), "Flatten; can’t be");
  assert.equal(words.fromWords(drafts.set(begin(), ["seed"], 3)), "From Dead leaves, with one change.");
});

beforeEach(() => {
  const kept = new Map();
  globalThis.localStorage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => kept.set(name, text),
  };
});

test("a draft is found again with its changes, each thing it is made from has its own", () => {
  const draft = drafts.set(begin(), ["seed"], 9);
  keep(draft);
  const again = recalled(BASE);
  assert.deepEqual([again.recipe.seed, again.past.length], [9, 1]);
  assert.deepEqual(drafts.undone(again).recipe, RECIPE);
  assert.deepEqual(recalled({ ...BASE, key: "run x" }).recipe, RECIPE);
  keep(drafts.undone(again));
  assert.equal(recalled(BASE).past.length, 0);
});

test("a browser that keeps nothing, or something odd, begins anew", () => {
  const recipes = [{ ...RECIPE, layers: [3] }, { ...RECIPE, optimizer: null }, { layers: {} }];
  const odd = [{}, { recipe: RECIPE, changes: 3 }, ...recipes.map((recipe) => ({ recipe, changes: [] }))];
  for (const one of odd) {
    const kept = JSON.stringify([null, 3, { key: "preset p none", ...one }]);
    globalThis.localStorage.setItem("filterscope-drafts", kept);
    assert.deepEqual(recalled(BASE), begin());
  }
  globalThis.localStorage.getItem = () => {
    throw new Error("denied");
  };
  assert.deepEqual(recalled(BASE), begin());
  keep(drafts.set(begin(), ["seed"], 1));
});
