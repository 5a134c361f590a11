// What is said of mistakes, and of what filters are worth.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cellIn, cellNamed } from "../../static/js/scenes/mistakes/cell.js";
import * as words from "../../static/js/scenes/mistakes/words.js";

const filters = [
  { filter: 0, accuracy: 0.6, drop: 0.25, low: 0.23, high: 0.27, per_class: [] },
  { filter: 1, accuracy: 0.855, drop: -0.005, low: -0.01, high: 0.002, per_class: [] },
  { filter: 2, accuracy: 0.75, drop: 0.1, low: 0.08, high: 0.12, per_class: [] },
  { filter: 3, accuracy: 0.845, drop: 0.005, low: -0.001, high: 0.011, per_class: [] },
  { filter: 4, accuracy: 0.8, drop: 0.05, low: 0.04, high: 0.06, per_class: [] },
];

test("a cell is what the address says, and nothing else is one", () => {
  const at = (cell) => cellIn({ view: { details: { cell } } });
  assert.deepEqual(at(cellNamed(8, 6)), { label: 8, taken: 6 });
  for (const odd of [undefined, "", "8", "8-", "-1-2", "8-6x", "12345-0"]) assert.equal(at(odd), null);
});

test("the largest mistakes come first, and what is right is none", () => {
  const matrix = [
    [90, 0, 3],
    [7, 80, 0],
    [0, 3, 99],
  ];
  const told = words.largestMistakes(matrix, 2).map(({ label, taken, count }) => [label, taken, count]);
  assert.deepEqual(told, [
    [1, 0, 7],
    [0, 2, 3],
  ]);
});

test("names are shortened where their last words tell them apart", () => {
  assert.deepEqual(words.shortNames(["bars at 0°", "discs, warm"]), ["0°", "warm"]);
  assert.deepEqual(words.shortNames(["old cat", "young cat"]), ["old cat", "young cat"]);
});

test("what a filter costs is said in points, a loss below 0", () => {
  assert.deepEqual(filters.map(words.dropWords), ["−25.0", "+0.5", "−10.0", "−0.5", "−5.0"]);
  assert.equal(words.spreadWords(filters[0]), "−27.0 to −23.0");
});

test("filters are spared only as far as pictures tell", () => {
  assert.match(words.spareWords({ filters }), /^Without 2 or 4 alone it gets no worse, as far/);
  assert.equal(words.spareWords({ filters: [filters[0]] }), "Without any one of them it gets worse.");
});

test("what a cost goes with is this run's own numbers, or isn't said", () => {
  const [lengths, verdicts] = [[5, 1, 2.9, 1.2, 2], { score: [0.5, 0.5, 0.5, 0.5, 0.9] }];
  const told = words.goesWithWords({ filters }, lengths, verdicts);
  assert.match(told, /length by r = 1\.00, with its edge score by r = −0\.16\. Looking/);
  const alike = words.goesWithWords({ filters }, lengths, { score: lengths });
  assert.ok(!alike.includes("two things"));
  assert.equal(words.goesWithWords({ filters }, lengths, null), "");
  assert.equal(words.goesWithWords({ filters }, lengths, { score: [1, 1, 1, 1, 1] }), "");
});

test("a correlation is Pearson's", () => {
  assert.equal(words.correlation([1, 2, 3], [2, 4, 6]), 1);
  assert.ok(Math.abs(words.correlation([1, 2, 3, 4], [1, 3, 2, 5]) - 0.8315218) < 1e-6);
  assert.equal(words.correlation([1, 1, 1], [1, 2, 3]), null);
});
