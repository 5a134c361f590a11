// The line of code: its twins, its formula, where windows can lie, and the words that say so.

import assert from "node:assert/strict";
import { test } from "node:test";

import { workOut } from "../../static/js/pictures/convolution.js";
import { outputSize, placeAbout } from "../../static/js/pictures/laying.js";
import { formulaPieces, formulaText, nowWords } from "../../static/js/scenes/code/formula.js";
import { cellsOf, padsOf, rimOf, sizeInWords } from "../../static/js/scenes/code/geometry.js";
import { areTwins, lightsOf, piecesOf } from "../../static/js/scenes/code/tokens.js";
import { linesShown } from "../../static/js/scenes/code/written.js";
import { captionOf, lineHeadline, otherCount, parametersOf, whoWrites } from "../../static/js/words/code.js";

/** A task of ones, so that an answer counts the pixels under the window. */
function taskOf(length, side, strides, padding, channels = 1) {
  const ones = (size) => new Float64Array(size).fill(1);
  return {
    input: { values: ones(length * length * channels), shape: [length, length, channels] },
    kernel: { values: ones(side * side * channels), shape: [side, side, channels] },
    bias: 0,
    activation: "linear",
    laying: { padding, strides, flip: false },
  };
}

test("the formula is the textbook's, and says strides and zeros where a layer has them", () => {
  const said = (strides, pads) => formulaText(formulaPieces(strides, pads));
  const head = "y[i, j, k] = b[k] + Σ over u Σ over v Σ over c w[u, v, c, k] · ";
  assert.equal(said(1, [0, 0]), `${head}x[i+u, j+v, c]`);
  assert.equal(said(2, [0, 0]), `${head}x[2·i+u, 2·j+v, c]`);
  assert.equal(said(1, [1, 1]), `${head}x[i+u−1, j+v−1, c]`);
  assert.equal(said(12, [10, 3]), `${head}x[12·i+u−10, 12·j+v−3, c]`);
});

test("a letter of the formula is lit with the word that it stands for", () => {
  const pieces = formulaPieces(2, [1, 1]);
  const lit = (means) =>
    pieces.filter(({ letter }) => lightsOf(means).letters.includes(letter)).map(({ text }) => text);
  assert.deepEqual(lit("filters"), ["k", "k", "k"]);
  assert.deepEqual(lit("strides"), ["2", "2"]);
  assert.deepEqual(lit("padding"), ["i", "j", "i", "1", "j", "1"]);
  assert.deepEqual(lit("rows"), ["u", "u", "u"]);
  assert.deepEqual(lit("nothing of ours"), []);
});

test("twins are what the libraries call differently and mean alike", () => {
  assert.ok(areTwins("rows", "kernel_size") && areTwins("kernel_size", "columns"));
  assert.ok(areTwins("input_shape", "in_channels") && areTwins("filters", "filters"));
  assert.ok(!areTwins("rows", "columns") && !areTwins("filters", "padding"));
});

test("a line falls into its words and what lies between, and no letter is lost", () => {
  const code = "model.add(Conv2D(32, 3))";
  const words = [
    { start: 21, end: 22, means: "kernel_size", layer: 0 },
    { start: 10, end: 16, means: "kind", layer: 0 },
    { start: 17, end: 19, means: "filters", layer: 0 },
    { start: 18, end: 19, means: "within another", layer: 0 },
  ];
  const pieces = piecesOf(code, words);
  assert.equal(pieces.map(({ text, end }) => text + end).join(""), code);
  assert.deepEqual(
    pieces.filter(({ word }) => word).map(({ text, end }) => [text, end]),
    [
      ["Conv2D", ""],
      ["32", ","],
      ["3", "))"],
    ],
  );
});

for (const [length, side, strides, padding, words] of [
  [28, 3, 1, "valid", "28 − 3 + 1 = 26"],
  [32, 9, 2, "valid", "(32 − 9) / 2, rounded down, + 1 = 12"],
  [31, 9, 2, "valid", "(31 − 9) / 2 + 1 = 12"],
  [28, 3, 1, "same", "28, as the picture"],
  [32, 5, 2, "same", "32 / 2 = 16"],
  [33, 5, 2, "same", "33 / 2, rounded up, = 17"],
])
  test(`how many answers there are is said: ${words}`, () => {
    const task = taskOf(length, side, strides, padding);
    assert.equal(sizeInWords(task, 0), words);
    assert.ok(words.includes(String(outputSize(task)[0])));
  });

test("the border that valid loses is 108 cells of 28 × 28, and of a layer of ones none", () => {
  assert.equal(cellsOf(rimOf(taskOf(28, 3, 1, "valid"))), 108);
  assert.equal(cellsOf(rimOf(taskOf(28, 1, 1, "valid"))), 0);
});

for (const [length, side, strides] of [
  [28, 3, 1],
  [28, 4, 1],
  [32, 5, 2],
  [33, 11, 3],
  [32, 3, 4],
])
  test(`zeros lie where windows of ${side} leave a picture of ${length} in steps of ${strides}`, () => {
    const task = taskOf(length, side, strides, "same");
    const { above, below } = padsOf(task);
    const [rows] = outputSize(task);
    const first = workOut(task, 0, 0);
    const last = workOut(task, rows - 1, rows - 1);
    assert.equal(first.top + above, 0);
    assert.equal(first.sum, (side - above) ** 2);
    assert.ok(last.top + side <= length + below);
    assert.equal(last.sum, Math.min(side, length - last.top) ** 2);
    const { outer } = rimOf(task);
    assert.equal(outer.height, length + above + below);
    for (let row = 0; row < rows; row++)
      assert.equal(placeAbout(task, row * strides - above + side / 2, 0), row);
  });

test("what the letters are now is counted from 0, and the filter from 1", () => {
  const words = nowWords(taskOf(28, 3, 1, "valid"), [17, 14], 27, 32, [26, 26]);
  assert.match(words, /i = 17, j = 14, k = 27, counted from 0 .* filter 28,/);
  assert.match(words, /i runs over 0 … 25, .*k over 0 … 31; u, v, c over 3 · 3 · 1 = 9 products\.$/);
  assert.match(nowWords(taskOf(28, 3, 1, "same"), [0, 0], 0, 1, [28, 28]), /Beyond the picture x is 0\.$/);
});

const LAYER = { type: "conv2d", filters: 32, kernel_size: 3, padding: "valid", activation: "relu" };

test("how many numbers there are is said, and what another word would make of it", () => {
  assert.equal(parametersOf(LAYER, 1), 320);
  assert.equal(otherCount("filters", LAYER, 1), "With 64 filters it would be 640.");
  assert.equal(otherCount("rows", LAYER, 1), "With 5 × 5 it would be 832.");
  assert.equal(otherCount("in_channels", LAYER, 1), "Of colour pictures, 3 channels, it would be 896.");
  assert.equal(otherCount("padding", LAYER, 1), "The border changes nothing in it.");
  assert.equal(otherCount("kernel_size", { ...LAYER, kernel_size: 11 }, 1), "With 9 × 9 it would be 2,624.");
});

test("the headline is what the line makes, and who writes its numbers", () => {
  assert.equal(lineHeadline(LAYER, 1), "Your line makes 32 grids of 3 × 3 numbers.");
  assert.equal(lineHeadline({ ...LAYER, filters: 1 }, 3), "Your line makes 1 grid of 3 × 3 × 3 numbers.");
  assert.equal(whoWrites(LAYER), "Nobody writes the numbers; training finds them.");
  assert.equal(whoWrites({ ...LAYER, trainable: false }), "Chance drew them, and they stay.");
  const bank = { ...LAYER, kernel_initializer: { type: "bank", name: "gabor" } };
  assert.match(whoWrites(bank), /^You chose how they begin/);
  assert.match(whoWrites({ ...bank, trainable: false }), /^You chose the numbers, and they stay/);
});

test("a word too short for its caption has none", () => {
  assert.equal(captionOf("filters", "nb_filter=32", LAYER, 1), "32 filters");
  assert.equal(captionOf("filters", "32", LAYER, 1), "");
});

test("a pasted line comes first, and its library isn't shown twice", () => {
  const lines = ["keras1", "keras", "torch"].map((dialect) => ({
    dialect,
    code: dialect,
    words: [],
    why: null,
  }));
  assert.deepEqual(
    linesShown({ pasted: null, preset: "keras-mnist" }, lines).map(({ title }) => title),
    ["As it was copied a thousand times", "Keras 3", "PyTorch"],
  );
  const read = { code: "nn.Conv2d(1, 2, 3)", dialect: "torch", words: [] };
  const shown = linesShown({ pasted: { read }, preset: null }, lines);
  assert.deepEqual(
    shown.map(({ title, code }) => [title, code]),
    [
      ["As you wrote it", "nn.Conv2d(1, 2, 3)"],
      ["Keras 1", "keras1"],
      ["Keras 3", "keras"],
    ],
  );
});
