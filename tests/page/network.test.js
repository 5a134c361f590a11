// A network's layers in words, and which maps light up with which.

import assert from "node:assert/strict";
import { test } from "node:test";

import { litBy, fedBy } from "../../static/js/network/lit.js";
import { sharedStep } from "../../static/js/network/pace.js";
import { costOf, learningIn, lineOf, linkText, senseOf, shortName } from "../../static/js/words/network.js";

const plan = (name, type, output_shape, parameters) => ({ name, type, output_shape, parameters });

const KERAS = [
  [{ type: "conv2d", filters: 32, kernel_size: 3 }, plan("conv1", "conv2d", [26, 26, 32], 320)],
  [{ type: "conv2d", filters: 32, kernel_size: 3 }, plan("conv2", "conv2d", [24, 24, 32], 9248)],
  [{ type: "max_pool2d", pool_size: 2 }, plan("max_pool1", "max_pool2d", [12, 12, 32], 0)],
  [{ type: "dropout", rate: 0.25 }, plan("dropout1", "dropout", [12, 12, 32], 0)],
  [{ type: "flatten" }, plan("flatten1", "flatten", [4608], 0)],
  [{ type: "dense", units: 128 }, plan("dense1", "dense", [128], 589952)],
  [{ type: "dense", units: 10 }, plan("dense2", "dense", [10], 1290)],
];
const PICTURE = [28, 28, 1];
const LAYERS = KERAS.map(([layer]) => layer);
const PLANS = KERAS.map(([, told]) => told);
const input = (at) => (at ? PLANS[at - 1].output_shape : PICTURE);

for (const [at, words] of [
  [0, "3·3·1·32 + 32 = 320"],
  [1, "3·3·32·32 + 32 = 9,248"],
  [2, "nothing to learn"],
  [3, "nothing to learn"],
  [5, "4,608·128 + 128 = 589,952"],
  [6, "128·10 + 10 = 1,290"],
])
  test(`${PLANS[at].name} of the Keras example costs ${words}`, () =>
    assert.equal(costOf(LAYERS[at], PLANS[at], input(at)), words));

for (const [layer, told, before, words] of [
  [
    { type: "depthwise_conv2d", kernel_size: 3, depth_multiplier: 2 },
    plan("depthwise_conv1", "depthwise_conv2d", [9, 9, 16], 160),
    [11, 11, 8],
    "3·3·8·2 + 16 = 160",
  ],
  [
    { type: "batch_normalization" },
    plan("batch_normalization1", "batch_normalization", [9, 9, 16], 32),
    [9, 9, 16],
    "16 + 16 = 32",
  ],
  [
    { type: "batch_normalization", scale: false },
    plan("batch_normalization1", "batch_normalization", [9, 9, 16], 16),
    [9, 9, 16],
    "16",
  ],
  [
    { type: "conv2d", kernel_size: 9 },
    plan("conv1", "conv2d", [24, 24, 32], 2592),
    [32, 32, 1],
    "9·9·1·32 = 2,592",
  ],
  [
    { type: "conv2d", kernel_size: 5, trainable: false },
    plan("conv1", "conv2d", [24, 24, 8], 208),
    PICTURE,
    "5·5·1·8 + 8 = 208, frozen",
  ],
])
  test(`${told.type} costs ${words}`, () => assert.equal(costOf(layer, told, before), words));

test("the numbers that learn leave out frozen layers", () => {
  assert.equal(learningIn(LAYERS, PLANS), 600810);
  const frozen = LAYERS.with(0, { ...LAYERS[0], trainable: false });
  assert.equal(learningIn(frozen, PLANS), 600810 - 320);
});

test("a network fits one line", () => {
  assert.equal(lineOf(PICTURE, PLANS), "28×28 → 32 → 32 → pool → 128 → 10");
});

test("a layer has its number where there are several of its kind", () => {
  assert.equal(shortName(PLANS[2], PLANS), "pool");
  assert.equal(shortName(PLANS[2], [...PLANS, { name: "max_pool2" }]), "pool1");
  assert.equal(
    shortName({ name: "batch_normalization2" }, [
      { name: "batch_normalization1" },
      { name: "batch_normalization2" },
    ]),
    "batch norm 2",
  );
});

test("a slice has a sign only where one outweighs the other twice", () => {
  assert.deepEqual(
    [0.4, -0.4, 0.3, -0.3].map((balance) => senseOf({ index: 0, length: 1, balance })),
    ["adds", "takes", "both", "both"],
  );
  const link = { index: 31, length: 1, balance: -1 };
  assert.equal(
    linkText(link, (index) => String(index + 1)),
    "takes from 32",
  );
});

const link = (index, length = 1, balance = 1) => ({ index, length, balance });
const seen = [
  {
    name: "conv1",
    type: "conv2d",
    maps: true,
    count: 2,
    links: {
      to: "conv2",
      outward: [[link(2), link(0, 0)], [link(1)]],
      inward: [[link(0)], [link(1)], [link(0)]],
    },
  },
  {
    name: "max_pool1",
    type: "max_pool2d",
    maps: true,
    count: 2,
    links: { to: "conv2", outward: [[link(2)], [link(1)]], inward: [[link(0)], [link(1)], [link(0)]] },
  },
  { name: "conv2", type: "conv2d", maps: true, count: 3, links: null },
];

test("a filter lights its own map, what is made of it, and what it feeds beyond the pool", () => {
  const { spots, threads } = litBy(seen, { station: 0, map: 0 });
  assert.deepEqual(
    new Set(spots.map(({ station, map }) => `${station}/${map}`)),
    new Set(["0/0", "1/0", "2/2"]),
  );
  assert.deepEqual(
    threads.map(({ from, to }) => [from.station, to.station]),
    [
      [0, 1],
      [1, 2],
    ],
  );
  assert.deepEqual(fedBy(seen, { station: 0, map: 1 }), { to: "conv2", links: [link(1)] });
});

test("a later map lights what feeds it, and a pooled one is lit as the map it is made of", () => {
  const { spots } = litBy(seen, { station: 2, map: 1 });
  assert.deepEqual(new Set(spots.map(({ station, map }) => `${station}/${map}`)), new Set(["2/1", "1/1"]));
  assert.deepEqual(litBy(seen, { station: 1, map: 1 }), litBy(seen, { station: 0, map: 1 }));
});

test("all who watch ask about the same few steps", () => {
  const steps = Array.from({ length: 101 }, (_, step) => step);
  const asked = new Set(steps.map((_, at) => sharedStep(steps.slice(0, at + 1), 20)));
  assert.equal(asked.size, 13); // one in eight: 20 a second, 0.4 s apart, made a power of two
  assert.equal(sharedStep(steps, 20), sharedStep(steps, 17));
  assert.equal(sharedStep([0, 1, 2, 5, 10], null), 10);
});
