// A picture brought to somebody's own network: its size, its scaling, and how a filter is laid on it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { featureMap, workOut } from "../../static/js/pictures/convolution.js";
import { fitOfFirstLayer, fitOfNetwork, whyNoPicture } from "../../static/js/pictures/fitting.js";
import { outputSize, placeAbout } from "../../static/js/pictures/laying.js";
import { fitted, resized } from "../../static/js/pictures/resized.js";
import { scaledAs } from "../../static/js/pictures/scaling.js";
import { softmax } from "../../static/js/pictures/softmax.js";
import { sourceWords } from "../../static/js/pictures/source_words.js";
import { channelsSeen, slidingOf } from "../../static/js/state/sliding.js";

const gray = (rows) => ({
  width: rows[0].length,
  height: rows.length,
  isGray: true,
  rgba: rows.flat().flatMap((level) => [level, level, level, 255]),
});

test("a picture made smaller has the means of what lay under each pixel, and keeps its middle", () => {
  const halved = resized(
    gray([
      [0, 100, 200, 200],
      [100, 200, 0, 0],
    ]),
    [1, 2, 1],
  );
  assert.deepEqual([[...halved.pixels], halved.isCut], [[100, 100], false]);
  const cut = resized(gray([[9, 10, 20, 30, 99, 99]]), [1, 2, 1]);
  assert.deepEqual([[...cut.pixels], cut.isCut], [[20, 30], true]);
  const larger = resized(gray([[10, 20]]), [2, 4, 3]);
  assert.deepEqual(
    [...larger.pixels.subarray(0, 12)],
    [10, 10, 20, 20].flatMap((level) => [level, level, level]),
  );
});

test("of colours a network of one channel sees how bright they are", () => {
  const red = { width: 1, height: 1, isGray: false, rgba: [255, 0, 0, 255] };
  assert.deepEqual([...resized(red, [1, 1, 1]).pixels], [76]);
});

test("a picture keeps its proportions and is never made larger unless a network wants it", () => {
  assert.deepEqual(fitted({ width: 960, height: 480 }, 96), [48, 96]);
  assert.deepEqual(fitted({ width: 20, height: 10 }, 96), [10, 20]);
});

test("pixels are scaled to the float32 numbers of the server", () => {
  const pixels = Uint8Array.of(0, 200, 255);
  assert.deepEqual([...scaledAs(pixels, "pixels")], [0, 200, 255]);
  assert.deepEqual([...scaledAs(pixels, "unit")], [0, Math.fround(200 / 255), 1]);
  assert.deepEqual([...scaledAs(pixels, "symmetric")], [-1, Math.fround(Math.fround(200 / 127.5) - 1), 1]);
});

const values = Array.from({ length: 6 * 7 * 2 }, (_, at) => (at * 7919) % 13);
const weights = Array.from({ length: 2 * 3 * 2 }, (_, at) => ((at * 31) % 7) - 3);
const laid = {
  input: { values, shape: [6, 7, 2] },
  kernel: { values: weights, shape: [2, 3, 2] },
  bias: 0.5,
  activation: "linear",
  laying: {
    padding: [
      [1, 2],
      [3, 0],
    ],
    strides: 2,
    across: 1,
    dilation: [3, 2],
    flip: false,
  },
};

/** The sum at a place, over a picture with its zeros around it. */
function byHand(row, column) {
  const at = (y, x, channel) => (y < 0 || x < 0 || y >= 6 || x >= 7 ? 0 : values[(y * 7 + x) * 2 + channel]);
  let sum = 0;
  for (let i = 0; i < 2; i++)
    for (let j = 0; j < 3; j++)
      for (let channel = 0; channel < 2; channel++)
        sum += at(row * 2 - 1 + i * 3, column - 3 + j * 2, channel) * weights[(i * 3 + j) * 2 + channel];
  return sum;
}

test("uneven strides, zeros and gaps between weights are laid as the program lays them", () => {
  const [rows, columns] = outputSize(laid);
  assert.deepEqual([rows, columns], [3, 6]);
  const map = featureMap(laid);
  for (let place = 0; place < map.length; place++) {
    const [row, column] = [Math.floor(place / columns), place % columns];
    assert.equal(map[place], byHand(row, column) + 0.5);
    assert.equal(workOut(laid, row, column).output, map[place]);
  }
  assert.deepEqual([workOut(laid, 2, 0).top, workOut(laid, 2, 0).left], [3, -3]);
  assert.equal(placeAbout(laid, 3 + 2, 0), 2);
});

const layer = (changes) => ({
  name: "conv1",
  title: "stem",
  kind: "conv2d",
  shape: [3, 3, 3, 8],
  groups: 1,
  ...changes,
});
const run = (changes, described = {}) => ({
  id: "r",
  layers: ["conv1"],
  can: { steer: false, rerun: false, look: described.network ? "network" : "kernel" },
  described: { layers: [layer(changes)], class_names: [], ...described },
});
const state = (changes, described) => ({
  run: run(changes, described),
  frames: [],
  view: { details: { scaling: "unit" } },
});

test("what a program told of a layer is taken, and what it didn't tell stays open", () => {
  const told = slidingOf(
    run({
      strides: [2, 1],
      padding: [
        [1, 1],
        [0, 0],
      ],
      activation: "relu",
    }),
    "conv1",
  );
  assert.deepEqual(
    [told.strides, told.padding, told.activation],
    [
      [2, 1],
      [
        [1, 1],
        [0, 0],
      ],
      "relu",
    ],
  );
  const open = slidingOf(run({}), "conv1");
  assert.deepEqual([open.strides, open.padding, open.activation, open.dilation], [null, null, null, [1, 1]]);
  assert.equal(slidingOf(run({ kind: "conv1d", shape: [3, 3, 8] }), "conv1"), null);
  assert.equal(slidingOf(run({ strides: [2] }), "conv1").strides, null);
});

test("filters of a group see its channels alone, and those of a depthwise layer one", () => {
  const grouped = slidingOf(run({ shape: [3, 3, 1, 6], groups: 3 }), "conv1");
  assert.deepEqual([grouped.channels, channelsSeen(grouped, 5, 6)], [3, [2]]);
  const depthwise = slidingOf(run({ kind: "depthwise_conv2d", shape: [3, 3, 3, 2] }), "conv1");
  assert.deepEqual([depthwise.channels, channelsSeen(depthwise, 3, 6)], [3, [1]]);
});

test("a filter is laid on a picture by what can be asked of the run alone", () => {
  assert.deepEqual(fitOfFirstLayer(state({})).channels, 3);
  assert.equal(fitOfNetwork(state({})), null);
  const network = { input_shape: [12, 10, 3], layers: [{ type: "conv2d", strides: 2, padding: "same" }] };
  const known = state({}, { network });
  assert.deepEqual(fitOfNetwork(known).shape, [12, 10, 3]);
  assert.deepEqual(fitOfFirstLayer(known).shape, [12, 10, 3]);
  assert.deepEqual(slidingOf(known.run, "conv1").strides, [2, 2]);
  known.run.can.look = "data";
  assert.equal(fitOfFirstLayer(known), null);
});

test("where no picture fits, it is said why", () => {
  const deep = state({ shape: [3, 3, 512, 8] });
  assert.equal(fitOfFirstLayer(deep), null);
  assert.equal(whyNoPicture(deep), "stem looks at 512 channels; a picture has one, or three.");
  assert.match(whyNoPicture(state({ kind: "conv1d", shape: [3, 3, 8] })), /^stem is a conv1d: only filters/);
});

test("whose picture it is, and where it goes, is said of each", () => {
  const subject = (ground, cells = [0]) => ({ shape: [32, 48, 3], cells, ground });
  const none = { isLost: false, staysHere: true };
  const ours = sourceWords(subject({ picture: { name: "bars" } }), none);
  assert.match(ours, /^“bars”, 48 × 32: ours, not from your training\./);
  const opened = { name: "<b>leaf</b>.jpg" };
  const brought = subject({ brought: { opened }, isCut: true });
  assert.equal(
    sourceWords(brought, none),
    "“<b>leaf</b>.jpg”, the middle of it, made 48 × 32. It stays in this browser.",
  );
  assert.match(sourceWords(brought, { ...none, staysHere: false }), /The server answers/);
  assert.match(sourceWords(subject({}, [1]), none), /^Your drawing/);
  assert.match(sourceWords(subject({}), { ...none, isLost: true }), /^A link can’t hold/);
});

test("shares of plain answers add up to 1, however large they are", () => {
  const shares = softmax([1000, 1001, 999]);
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share) - 1) < 1e-12);
  assert.ok(Math.abs(shares[1] / shares[0] - Math.E) < 1e-9);
});
