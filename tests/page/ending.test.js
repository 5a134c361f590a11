// Company while a long run trains, a time left that holds still, and what is said at the end.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { marks } from "../../static/js/state/moments.js";
import { freshPace, keepPace, secondsLeft } from "../../static/js/state/pace.js";
import { headline, under } from "../../static/js/words/headline.js";
import { remainingTime } from "../../static/js/words/numbers.js";
import { NOISE, STORY, heard, pageAfter, snapshot, typedArray } from "./story.js";

const ended = heard(STORY);
// When an update of the Keras example was heard, in milliseconds, while six other programs wanted the cores.
const ARRIVALS = JSON.parse(readFileSync(new URL("arrivals.json", import.meta.url), "utf8"));

/** What is told to be left at each arrival. @param {[number, number][]} arrivals @param {number} total */
function told(arrivals, total) {
  const run = { status: "running", total_steps: total };
  let state = { run, pace: freshPace(0), training: { step: [] }, frames: [] };
  return arrivals.map(([at, step]) => {
    const next = { ...state, training: { step: [step] } };
    state = { ...next, pace: keepPace(state, next, at) };
    return secondsLeft(state);
  });
}

test("the time left of a run that slows down now and then rises seldom and never vanishes", () => {
  const { total, arrivals } = ARRIVALS;
  const left = told(arrivals, total);
  const first = left.findIndex((seconds) => seconds !== null);
  const known = left.slice(first);
  assert.ok(known.every((seconds) => seconds !== null));
  const rises = known.filter((seconds, at) => at > 0 && seconds > known[at - 1]);
  assert.ok(rises.length <= 2, `${known}`);
  const end = arrivals.at(-1)[0];
  const errors = known.map((seconds, at) => Math.abs(seconds - (end - arrivals[first + at][0]) / 1000));
  const late = errors.slice(-Math.floor(errors.length / 4));
  assert.ok(Math.max(...late) < 16, `${late}`);
});

test("at an even pace it only falls, in round numbers, and is right", () => {
  const even = Array.from({ length: 400 }, (_, at) => [at * 1000, at * 10]);
  const left = told(even, 4000).slice(3);
  assert.ok(left.every((seconds, at) => at === 0 || seconds <= left[at - 1]));
  assert.ok(left.every((seconds, at) => Math.abs(seconds - (397 - at)) <= 16));
  assert.equal(remainingTime(left[0]), "6 min 30 s");
});

test("time for which nothing trained counts neither for the pace nor for what is left", () => {
  const seconds = Array.from({ length: 40 }, (_, at) => at);
  const still = seconds.map((at) => [at * 1000 + (at < 20 ? 0 : 300_000), at * 10]);
  const going = seconds.map((at) => [at * 1000, at * 10]);
  assert.deepEqual(told(still, 1000), told(going, 1000));
});

test("a gap longer than what it looks back over hides neither pace nor time left", () => {
  const left = told(
    [1, 2, 3, 4, 30, 60].map((second) => [second * 1000, second * 10]),
    1000,
  );
  assert.ok(
    left.slice(2).every((seconds) => seconds !== null),
    `${left}`,
  );
});

const slow = (events) => events.map((event, at) => ({ ...event, at: at * 20_000 }));
const running = (recipe) => {
  const [[, started], ...rest] = STORY.slice(0, -1);
  return slow(heard([["run_started", { ...started, recipe }], ...rest]));
};

test("who waits for long is kept company, with what there is", () => {
  const digits = under(pageAfter(running({ dataset: "mnist" })));
  assert.match(digits.text, /Meanwhile:$/);
  assert.deepEqual(
    digits.ways.map(({ words }) => words),
    ["draw a 7", "open filter 1", "see what was added"],
  );
  assert.deepEqual(digits.ways[0].to, { scene: "draw", step: 0 });
  assert.deepEqual(digits.ways[1].to, { scene: "filter", filter: 0 });
  const leaves = under(pageAfter(running({ dataset: "dead-leaves" })));
  assert.equal(leaves.ways[0].words, "show it a picture");
  assert.equal(under(pageAfter(ended.slice(0, -1))).ways, undefined);
});

test("the end of small kernels is told by the run's own numbers", () => {
  const page = pageAfter(ended);
  const { text, ways } = under(page);
  assert.equal(
    text,
    "10\u00a0% right. The numbers moved (median change 50\u00a0%), yet their pattern stays (cosine 1.00).",
  );
  assert.deepEqual(ways, [{ words: "Show what was added", to: { mode: "difference" } }]);
  const added = {
    ...{ layer: "conv1", steps: [2, 10], left: [], chance: 0.02, likelihood: [1, 1e-6] },
    ...{ label: [NOISE, NOISE], counts: [{ noise: 4 }, { edge: 3, noise: 1 }] },
  };
  const known = pageAfter([...ended, { type: "added_loaded", run: "r", added }]);
  assert.equal(headline(known), "Beneath the noise, 3 of 4 learned an edge or a line.");
  assert.match(under(known).text, /Chance gives hardly one of 4\.$/);
  const chance = { ...added, likelihood: [1, 0.3], counts: [{ noise: 4 }, { edge: 1, noise: 3 }] };
  const unsure = pageAfter([...ended, { type: "added_loaded", run: "r", added: chance }]);
  assert.equal(headline(unsure), "3 of 4 filters see edges or lines.");
  assert.match(under(unsure).text, /1 of 4 learned an edge beneath it: no more than chance\.$/);
});

test("what chance gave at step 0 is no news later", () => {
  const lucky = ["edge", "noise", "noise", "noise"];
  const frames = [0, 2, 10].map((step) => ["snapshot", snapshot(step, lucky)]);
  assert.deepEqual(marks(pageAfter(heard([STORY[0], ...frames]))), []);
  const dip = [
    ["snapshot", snapshot(0, lucky)],
    ["snapshot", snapshot(2, NOISE)],
    ["snapshot", snapshot(10, lucky)],
  ];
  assert.deepEqual(marks(pageAfter(heard([STORY[0], ...dip]))), []);
});

test("of sixteen fresh filters of 3×3 one may be called an edge: they are noise all the same", () => {
  const first = snapshot(0, ["edge", ...Array(15).fill("noise")]);
  const values = Array.from({ length: 9 * 16 }, (_, at) => 0.05 * (-1) ** at);
  const frame = { ...first, kernel: typedArray(values, [3, 3, 1, 16]) };
  assert.equal(
    headline(pageAfter(heard([STORY[0], ["snapshot", frame]]))),
    "Sixteen filters, still random noise.",
  );
  const two = { ...frame, counts: { edge: 2, noise: 14 } };
  assert.equal(
    headline(pageAfter(heard([STORY[0], ["snapshot", two]]))),
    "2 of 16 filters now see edges or lines.",
  );
});
