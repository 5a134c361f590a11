// The arithmetic behind the scenes: densities, spectra, sides of edges, room for the tour's card.

import assert from "node:assert/strict";
import { test } from "node:test";

import { lineOn, sides } from "../../static/js/scenes/filter/sides.js";
import { spectrumOf, strongest } from "../../static/js/scenes/filter/spectrum.js";
import { because } from "../../static/js/scenes/filter/words.js";
import { densityAt, histogramOf } from "../../static/js/scenes/weights/density.js";
import { beside, distance, within } from "../../static/js/tour/placing.js";

for (const distribution of ["uniform", "truncated_normal"])
  test(`the ${distribution} density adds up to one within the bound`, () => {
    const total = Array.from({ length: 2001 }, (_, at) => (at / 1000 - 1) * 1.5).reduce(
      (sum, x) => sum + densityAt({ distribution, bound: 1 }, x) * 0.0015,
      0,
    );
    assert.ok(Math.abs(total - 1) <= 2e-3, `${total}`);
  });

test("a histogram loses no weight and has walls at the bound", () => {
  const { counts, left, width } = histogramOf(Float32Array.of(-1, -0.5, 0, 0.25, 0.999, 1.4), 1);
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    6,
  );
  assert.ok(Math.abs(left - (-1 - width * (Math.floor(counts.length / 2) - 4))) < 1e-6);
  assert.ok(Math.abs(width - 0.25) < 1e-6);
});

for (const [across, down, runs] of [
  [4, 0, 90],
  [0, 4, 0],
  [4, 4, 45],
])
  test(`the spectrum of stripes, ${across} across and ${down} down, is their wave and direction`, () => {
    const weights = Float32Array.from({ length: 256 }, (_, at) =>
      Math.cos((2 * Math.PI * (across * (at % 16) + down * Math.floor(at / 16))) / 16),
    );
    const found = strongest(spectrumOf({ shape: [16, 16, 1, 1], weights }));
    const wave = 16 / Math.hypot(across, down);
    assert.ok(Math.abs(found.pixels - wave) <= 0.1 * wave, `${found.pixels}`);
    const turned = Math.abs(found.degrees - runs) % 180;
    assert.ok(Math.min(turned, 180 - turned) < 5, `${found.degrees}`);
  });

const [RED, BLUE_GREEN] = [
  [0.3, -0.2, -0.2],
  [-0.3, 0.2, 0.2],
];
const [DARK, BRIGHT] = [
  [-1, -1, -1],
  [1, 1, 1],
];
for (const [degrees, colourAt, words] of [
  [0, (row) => (row < 5 ? RED : BLUE_GREEN), "Red above, blue-green below"],
  [90, (_, column) => (column > 5 ? BRIGHT : DARK), "Dark on the left, bright on the right"],
  [135, (row, column) => (row > column + 2 ? BRIGHT : DARK), "Dark above, bright below"],
])
  test(`what has its edge at ${degrees}° is named by what one sees: ${words}`, () => {
    const weights = Array.from({ length: 81 }, (_, at) => colourAt(Math.floor(at / 9), at % 9)).flat();
    assert.equal(sides({ shape: [9, 9, 3, 1], weights }, degrees), words);
  });

test("a line is as its ideal has the middle, whatever lies beside it", () => {
  const weights = Array.from({ length: 81 }, (_, at) =>
    [6, 7].includes(Math.floor(at / 9)) ? DARK : BRIGHT,
  ).flat();
  const ideal = Float32Array.from({ length: 81 }, (_, at) => ([6, 7].includes(Math.floor(at / 9)) ? 7 : -2));
  assert.equal(lineOn({ shape: [9, 9, 3, 1], weights }, ideal), "A dark line on bright");
});

test("a blob that an edge would explain better says what stood in the way", () => {
  const said = (shares) => because("blob", 0.27, shares, 0.38);
  const better = said([0.28, 0.18, 0.1, 0.04]);
  assert.match(better, /^An edge or line explains more of it, but needs one direction/);
  assert.match(better, /0\.27/);
  assert.match(said([0.08, 0.05, 0.1, 0.04]), /^We compare it/);
});

test("the tour's card finds room beside its target wherever there is some", () => {
  const room = { left: 8, right: 1432, top: 54, bottom: 806 };
  const boxes = [
    [20, 60, 500, 800],
    [900, 60, 1430, 800],
    [300, 60, 1100, 200],
    [200, 600, 1200, 800],
  ];
  for (const [left, top, right, bottom] of boxes) {
    const target = { left, top, right, bottom };
    const spot = beside(target, 380, 300, room);
    const card = { ...spot, right: spot.left + 380, bottom: spot.top + 300 };
    assert.ok(distance(card, target) >= 6);
    assert.equal(within(card, room).bottom, card.bottom);
    assert.ok(card.left >= 8 && card.right <= 1432 && card.top >= 54);
  }
  const full = { left: 380, top: 60, right: 1060, bottom: 800 }; // 372 pixels are left on either side
  assert.equal(beside(full, 380, 300, room), null);
});
