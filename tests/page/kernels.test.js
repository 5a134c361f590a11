// Where tiles lie, what a weight's colour is, how far the scale reaches.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cellOf, paintAtlas } from "../../static/js/kernels/atlas.js";

import { colourPixels, DIVERGING, DIVERGING_PIXELS, levelOf } from "../../static/js/kernels/colours.js";
import { fitTiles, spread } from "../../static/js/kernels/fit.js";
import { addHistogram, emptyHistogram, quantileOf, sizeHistogram } from "../../static/js/kernels/quantile.js";
import { channelOf, filterOf } from "../../static/js/kernels/slices.js";
import { cosine, difference, norm } from "../../static/js/kernels/vectors.js";

const STAGE = { width: 492, height: 600, gap: 8, caption: 22 };
const PHONE = { width: 328, height: 1e9, gap: 8, caption: 18, columns: 4 };
const FLAT = { width: 492, height: 100, gap: 8, caption: 22 };

for (const [room, count, size, columns, tile] of [
  [STAGE, 16, 9, 4, 117],
  [STAGE, 16, 7, 4, 112],
  [STAGE, 32, 11, 7, 55],
  [PHONE, 16, 9, 4, 72],
  [FLAT, 1024, 3, 45, 3],
])
  test(`${count} tiles of ${size} in ${room.width}×${room.height} are the largest whole multiple that fits`, () => {
    const fit = fitTiles({ ...room, count, cellWidth: size, cellHeight: size, ratio: 1 });
    assert.deepEqual([fit.columns, fit.width], [columns, tile]);
    assert.ok(fit.columns * (fit.width + room.gap) - room.gap <= room.width);
  });

test("the signed colours are paper at zero and dark at both ends", () => {
  const painted = [-5, -1, 0, 1, 5].map((weight) => {
    const level = levelOf(weight, 1) * 3;
    return [...DIVERGING.slice(level, level + 3)];
  });
  const [blue, paper, orange] = [
    [13, 37, 77],
    [245, 245, 245],
    [66, 24, 8],
  ];
  assert.deepEqual(painted, [blue, blue, paper, orange, orange]);
});

test("a picture's million values have the colours of each alone", () => {
  const values = Float32Array.from([-7, -2.5, -2, -0.004, 0, 0.31, 1.99, 2.5, 9, NaN]);
  const pixels = new Uint32Array(values.length);
  colourPixels(pixels, values, 2.5);
  assert.deepEqual(
    [...pixels],
    [...values].map((value) => DIVERGING_PIXELS[levelOf(value, 2.5)]),
  );
});

test("a pooled quantile is that of all weights together, to the width of a bin", () => {
  const snapshots = [1, 2, 3].map((scale) =>
    Float32Array.from({ length: 1000 }, (_, at) => (scale * (at + 1)) / 1000),
  );
  const sum = emptyHistogram();
  for (const weights of snapshots) addHistogram(sum, sizeHistogram(weights));
  const all = snapshots.flatMap((weights) => [...weights]).sort((one, other) => one - other);
  for (const share of [0.5, 0.9, 0.98]) {
    const exact = all[Math.ceil(share * all.length) - 1];
    const ratio = quantileOf(sum, share) / exact;
    assert.ok(ratio > 0.99 && ratio < 1.04, `${share}: ${ratio}`);
  }
  assert.equal(quantileOf(emptyHistogram(), 0.98), 0);
});

test("a filter and its channels are cut out of a layer's weights, which lie filters last", () => {
  const weights = Float32Array.from({ length: 2 * 1 * 2 * 3 }, (_, at) => at);
  const filter = filterOf({ shape: [2, 1, 2, 3], weights }, 1);
  assert.deepEqual(filter.shape, [2, 1, 2, 1]);
  assert.deepEqual([...filter.weights], [1, 4, 7, 10]);
  const channel = channelOf(filter, 1);
  assert.deepEqual(channel.shape, [2, 1, 1, 1]);
  assert.deepEqual([...channel.weights], [4, 10]);
});

test("lengths and cosines are those of vectors, and what has no length points nowhere", () => {
  const [one, other] = [Float32Array.of(3, 4), Float32Array.of(-4, 3)];
  assert.equal(norm(one), 5);
  assert.deepEqual([...difference(one, other)], [7, 1]);
  assert.deepEqual([cosine(one, one), cosine(one, other)], [1, 0]);
  assert.equal(cosine(one, Float32Array.of(0, 0)), 0);
});

test("a mosaic’s places without a slice are painted as no weight is", () => {
  const shape = [2, 2, 5, 2];
  const { width, height } = cellOf(shape);
  const image = { width: 2 * width, height, data: new Uint8ClampedArray(2 * width * height * 4) };
  paintAtlas({ shape, weights: new Float32Array(40) }, () => 1, 2, image);
  const at = (x, y) => [...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)];
  const zero = at(0, 0);
  assert.equal(zero[3], 255);
  for (const left of [0, width]) {
    assert.deepEqual(at(left + 3, 3), zero, "the fifth slice");
    assert.deepEqual(at(left + 6, 3), [128, 128, 128, 80], "the sixth place");
    assert.deepEqual(at(left + 2, 3), [0, 0, 0, 0], "between them");
  }
});

test("tiles lie so far apart that a finger meets one alone, where there is room", () => {
  const fit = { columns: 8, rows: 2, width: 35, height: 35, gapX: 6, gapY: 6 };
  const pitch = ({ width, height, gapX, gapY }) => [width + gapX, height + gapY];
  assert.deepEqual(pitch(spread(fit, { width: 358, height: Infinity }, 44)), [44, 44]);
  assert.deepEqual(pitch(spread(fit, { width: 336, height: 80 }, 44)), [43, 41]);
  assert.deepEqual(spread({ ...fit, width: 80, height: 80 }, { width: 900, height: Infinity }, 44).gapX, 6);
});
