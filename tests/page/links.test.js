// Links to an experiment with settings: written, read, and what of them can be.

import assert from "node:assert/strict";
import { test } from "node:test";

import { choiceOf, nearest, possibleIn, refusedWords } from "../../static/js/control/linked.js";
import { placeOf } from "../../static/js/control/link.js";
import { recipeOf } from "../../static/js/control/recipes.js";
import { isThisComputer } from "../../static/js/control/sharing.js";
import { linkTo, readPlace } from "../../static/js/net/address.js";
import { changedBy, differences } from "../../static/js/state/chosen.js";
import { initialState } from "../../static/js/state/initial.js";
import { changedWords } from "../../static/js/words/changed.js";

const RECIPE = {
  dataset: "mnist",
  layers: [{ type: "conv2d", filters: 16, kernel_size: 7 }, { type: "flatten" }],
  optimizer: { type: "sgd", learning_rate: 0.1, momentum: 0.9 },
  epochs: 2,
  seed: 0,
};
const PRESETS = [
  { name: "dead-leaves", recipe: RECIPE },
  { name: "mnist-strokes", recipe: RECIPE },
];
const read = (address) => readPlace(new URL(address, "file:///"));

test("a link says an experiment and settings by the paths of a recipe, and comes back from its place", () => {
  const place = read(
    "/?preset=mnist-strokes&optimizer.learning_rate=0.02&layers.0.filters=8&steps=40&page=2",
  );
  assert.deepEqual(place.choice, {
    preset: "mnist-strokes",
    settings: { "optimizer.learning_rate": "0.02", "layers.0.filters": "8", steps: "40" },
  });
  assert.deepEqual(place.details, { page: "2" });
  for (const scene of ["live", "build", "weights"]) {
    const there = { ...place, scene, details: {} };
    assert.deepEqual(read(linkTo(there)), there);
  }
});

test("what a scene knows by itself is no setting, nor is anything of a run's page", () => {
  assert.equal(read("/?view=draw&scaling=symmetric&seed=3").choice, undefined);
  assert.deepEqual(read("/?view=weights&recipe.seed=3&seed=4").choice?.settings, { seed: "3" });
  assert.deepEqual(read("/?view=build&block=2&part=learns&seed=4").details, { block: "2", part: "learns" });
  assert.equal(read("/runs/a?preset=b&optimizer.learning_rate=1").choice, undefined);
  assert.equal(read("/?token=abc&picture=2").choice, undefined);
});

test("what is chosen is in the address, and the usual experiment as it is needs no words", () => {
  const at = (choice) => linkTo(placeOf({ ...initialState(), choice }));
  assert.equal(at({ preset: "dead-leaves", spoil: "none" }), "/");
  assert.equal(
    at({ preset: "b", spoil: "pixels", changes: { seed: "3" } }),
    "/?preset=b&pixels=shuffled&seed=3",
  );
  const choice = choiceOf(read("/?preset=b&labels=random&seed=3").choice, "dead-leaves");
  assert.deepEqual([choice.preset, choice.spoil, choice.changes], ["b", "labels", { seed: "3" }]);
});

test("a request has just what differs, and of layers all", () => {
  const changes = { "optimizer.learning_rate": "0.02", "layers.0.filters": "8", name: "1e", seed: '"3"' };
  assert.deepEqual(recipeOf({ preset: "mnist-strokes", spoil: "none", changes }, PRESETS), {
    preset: "mnist-strokes",
    name: "1e",
    seed: "3",
    optimizer: { learning_rate: 0.02 },
    layers: [{ type: "conv2d", filters: 8, kernel_size: 7 }, { type: "flatten" }],
  });
  assert.equal(RECIPE.layers[0].filters, 16);
});

test("differences make the one recipe of the other, whatever differs", () => {
  const others = [
    { ...RECIPE, seed: 7, optimizer: { ...RECIPE.optimizer, learning_rate: 0.02 } },
    { ...RECIPE, optimizer: { type: "adam", learning_rate: 0.001 } },
    { ...RECIPE, layers: [...RECIPE.layers, { type: "dropout", rate: 0.5 }] },
    { ...RECIPE, layers: [{ ...RECIPE.layers[0], kernel_initializer: { bank: "sobel" } }, RECIPE.layers[1]] },
  ];
  for (const other of others) assert.deepEqual(changedBy(RECIPE, differences(RECIPE, other)), other);
  assert.deepEqual(differences(RECIPE, RECIPE), {});
  assert.equal("epochs" in changedBy(RECIPE, { steps: "40" }), false);
});

test("what can't be is left out and said with the nearest, and the rest holds", async () => {
  const there = globalThis.fetch;
  globalThis.fetch = async (path, { body }) => {
    assert.match(String(path), /recipes\/plan$/, "a link only asks what would be");
    const wrong = "lr" in JSON.parse(body);
    const message = "there is no field lr here; optimizer.learning_rate is the nearest.";
    return Response.json({ problems: wrong ? [{ field: "lr", message }] : [] });
  };
  try {
    const changes = { lr: "0.1", seed: "3", "layers.9.filters": "2", "seed.x": "1" };
    const asked = { preset: "mnist-stroke", spoil: "none", changes };
    const { choice, refused } = await possibleIn(asked, PRESETS, "dead-leaves");
    assert.deepEqual([choice.preset, choice.changes], ["mnist-strokes", { seed: "3" }]);
    assert.deepEqual(refused, [
      "There is no experiment mnist-stroke; mnist-strokes is the nearest.",
      "The link’s seed.x=1 is left out: seed holds no fields.",
      "The link’s layers.9.filters=2 is left out: there is no layer 9; they are 0 conv2d, 1 flatten.",
      "The link’s lr=0.1 is left out: there is no field lr here; optimizer.learning_rate is the nearest.",
    ]);
    assert.match(refusedWords(refused), /And 1 more\.$/);
  } finally {
    globalThis.fetch = there;
  }
});

test("no path reaches what isn't the recipe's own", () => {
  for (const path of ["__proto__.x", "constructor.prototype.x", "layers.__proto__.x"])
    changedBy(RECIPE, { [path]: "1" });
  assert.equal({}.x, undefined);
});

test("what differs is said with what it is else", () => {
  const changes = { "optimizer.learning_rate": "0.02", "layers.0.filters": "8" };
  const words = "with learning rate 0.02 (else 0.1) and layer 1 filters 8 (else 16)";
  assert.equal(changedWords(changes, RECIPE), words);
  assert.equal(nearest("mnist-two", ["dead-leaves", "mnist-two-layers"]), "mnist-two-layers");
});

test("addresses that mean this computer are known", () => {
  assert.deepEqual(
    ["localhost", "127.0.0.1", "[::1]", "lab.example", "192.168.1.20", "127.example"].map(isThisComputer),
    [true, true, true, false, false, false],
  );
});
