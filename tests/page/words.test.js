// Numbers and filters as people say them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { factsOf } from "../../static/js/words/filters.js";
import { fixed, inWords, percent, shortTime, signed, spokenTime } from "../../static/js/words/numbers.js";

for (const [said, words] of [
  [fixed(-0.004), "0.00"],
  [fixed(-0.126), "−0.13"],
  [signed(0.13), "+0.13"],
  [percent(0.9375), "94 %"],
  [inWords(32), "thirty-two"],
  [inWords(20), "twenty"],
  [spokenTime(4.1), "four seconds"],
  [spokenTime(540), "nine minutes"],
  [shortTime(540), "9 min"],
])
  test(`“${words}” is said as people say it`, () => assert.equal(said, words));

test("facts tell since when, how fine, and which others are the same", () => {
  const verdicts = {
    label: ["line", "edge", "noise"],
    score: [0.5, 0.5, 0.5],
    orientation_degrees: [90, 90, 90],
    change: [1, 1, 1],
    since: [30, 60, 0],
    cycles_per_pixel: [0.16, 0.001, 0.16],
    near_duplicates: [[0, 2, -0.97]],
  };
  const kernel = { shape: [3, 3, 1, 3], weights: Array(27).fill(0.1) };
  const frame = { step: 100, layer: "conv1", verdicts, kernel };
  const [line, edge, noise] = [0, 1, 2].map((filter) =>
    Object.fromEntries(factsOf(frame, filter).map(({ name, value }) => [name, value])),
  );
  assert.deepEqual([line["Line since"], line["Wavelength"]], ["step 30", "6.3 pixels"]);
  assert.equal(line["Nearly the same"], "filter 3");
  assert.deepEqual([edge["Edge since"], edge["Wavelength"]], ["step 60", "much longer than the filter"]);
  assert.ok(!("Nearly the same" in edge));
  for (const name of ["Edge since", "Line since", "Wavelength"]) assert.ok(!(name in noise), name);
});
