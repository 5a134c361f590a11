// What is said of mistakes, and of what filters are worth.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cellIn, cellNamed } from "../../static/js/scenes/mistakes/cell.js";
import { correlation } from "../../static/js/scenes/mistakes/correlation.js";
import * as words from "../../static/js/scenes/mistakes/words.js";
import * as worth from "../../static/js/scenes/mistakes/worth_words.js";
import * as switches from "../../static/js/state/switched.js";

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

test("the headline names the classes that are known best and least, or none", () => {
  const said = (matrix) =>
    words.headlineWords({ matrix, class_names: ["a", "b", "c"].slice(0, matrix.length) });
  const three = [
    [90, 5, 5],
    [50, 50, 0],
    [0, 0, 0],
  ];
  assert.equal(said(three), "It knows “a” best and “b” least.");
  assert.match(
    said([
      [9, 1],
      [1, 9],
    ]),
    /all classes about alike/,
  );
  assert.match(
    said([
      [9, 0],
      [0, 9],
    ]),
    /nothing wrong/,
  );
});

test("what a filter costs is said in points, a loss below 0", () => {
  assert.deepEqual(filters.map(worth.dropWords), ["−25.0", "+0.5", "−10.0", "−0.5", "−5.0"]);
  assert.equal(worth.spreadWords(filters[0]), "−27.0 to −23.0");
});

test("filters are spared only as far as pictures tell", () => {
  assert.deepEqual(worth.spareOf({ filters }), [1, 3]);
  assert.match(worth.spareWords([1, 3]), /^Without 2 or 4 alone it gets no worse, as far/);
  assert.equal(worth.spareWords([]), "Without any one of them it gets worse.");
  const [many] = [[0, 1, 2, 3, 4, 5, 6, 7]];
  assert.match(worth.spareWords(many), /^Without 1, 2, 3, 4, 5, 6 or 2 more alone/);
});

test("what a cost goes with is this run's own numbers, or isn't said", () => {
  const [lengths, verdicts] = [[5, 1, 2.9, 1.2, 2], { score: [0.5, 0.5, 0.5, 0.5, 0.9] }];
  const told = worth.goesWithWords({ filters }, lengths, verdicts);
  assert.match(told, /length by r = 1\.00, with its edge score by r = −0\.16\. Looking/);
  const alike = worth.goesWithWords({ filters }, lengths, { score: lengths });
  assert.ok(!alike.includes("two things"));
  assert.match(worth.goesWithWords({ filters }, lengths, null), /by r = 1\.00\.$/);
  assert.equal(worth.goesWithWords({ filters }, [1, 1, 1, 1, 1], verdicts), "");
  assert.equal(worth.goesWithWords({ filters: filters.slice(0, 4) }, lengths, verdicts), "");
});

test("that edges and mattering are two things is said only where other test pictures would say so too", () => {
  const many = (spread) =>
    Array.from({ length: 16 }, (_, filter) => {
      const drop = 0.01 * filter;
      return { filter, drop, low: drop - spread, high: drop + spread };
    });
  const lengths = many(0).map(({ drop }) => 1 + drop);
  const scoresFor = (share) => ({ score: many(0).map(({ drop }, at) => share * drop + 0.03 * (at % 4)) });
  const isSaid = (spread, share) =>
    worth.goesWithWords({ filters: many(spread) }, lengths, scoresFor(share)).includes("two things");
  assert.ok(isSaid(0.01, 0.2), "far from the rule's border");
  const border = [0.2, 0.4, 0.6, 0.8, 1].findLast((share) => isSaid(0, share));
  assert.ok(
    isSaid(0, border) && !isSaid(0.09, border),
    "near it, costs that pictures leave open say nothing",
  );
  assert.ok(!isSaid(0, 2) && !isSaid(0.5, 0.2), "nor do costs that are all chance");
});

test("the classes that lose most are named, and how the filter runs", () => {
  const of = (...per_class) => ({ accuracy: 0.5, per_class });
  const compared = { names: ["a", "b", "c"], before: of(0.9, 0.8, 1), after: of(0.1, 0.78, 0.6) };
  const told = worth.costsWords(compared, "edge", 179.6);
  assert.equal(told, "It loses most of “a” (−80) and “c” (−40). The filter itself runs at 0°.");
  assert.match(worth.costsWords({ ...compared, after: compared.before }, "edge", 0), /^No class loses/);
  assert.equal(worth.figureOf(compared), "50.0 → 50.0 %");
});

test("a correlation is Pearson's", () => {
  assert.ok(Math.abs(correlation([1, 2, 3], [2, 4, 6]) - 1) < 1e-12);
  assert.ok(Math.abs(correlation([1, 2, 3, 4], [1, 3, 2, 5]) - 0.8315218) < 1e-6);
  assert.equal(correlation([1, 1, 1], [1, 2, 3]), null);
});

const viewing = (details, scene = "mistakes") => ({ view: { scene, details } });

test("what is switched is what the address says, and back again", () => {
  const read = (off, how) => switches.switchedIn(viewing({ off, how }));
  const several = read("conv1-16.7.7", "noise");
  assert.deepEqual(several, { layer: "conv1", filters: [6, 15], how: "noise" });
  assert.deepEqual(switches.saidOf(several), { off: "conv1-7.16", how: "noise" });
  assert.equal(read("conv1-3", "loud").how, "off");
  for (const odd of [undefined, "", "conv1", "conv1-", "conv1-0", "conv1-x", "-3"])
    assert.equal(read(odd), null);
});

test("filters that are switched alike add up; another way begins anew; the last one on ends it", () => {
  const one = switches.switchedTo(null, "conv1", 4, "off");
  const two = switches.switchedTo(one, "conv1", 2, "off");
  assert.deepEqual(two.filters, [2, 4]);
  assert.deepEqual(switches.switchedTo(two, "conv1", 2, "on").filters, [4]);
  assert.equal(switches.switchedTo(one, "conv1", 4, "on"), null);
  const only = switches.switchedTo(two, "conv1", 2, "only");
  assert.deepEqual(only, { layer: "conv1", filters: [2], how: "only" });
  assert.deepEqual(switches.switchedTo(two, "conv2", 1, "off").filters, [1]);
  assert.deepEqual(
    [1, 2].map((filter) => switches.isOut(only, "conv1", filter)),
    [true, false],
  );
  assert.deepEqual(
    [1, 2].map((filter) => switches.isOut(two, "conv1", filter)),
    [false, true],
  );
});

test("what is switched goes along to where the copy is looked at, and nowhere else", () => {
  const state = viewing({ off: "conv1-3", how: "only", cell: "1-2" });
  assert.deepEqual(switches.takenAlong(state, "draw"), { off: "conv1-3", how: "only" });
  assert.deepEqual(switches.takenAlong(state, "live"), {});
  assert.deepEqual(switches.takenAlong(viewing({ off: "conv1-3" }, "live"), "draw"), {});
});
