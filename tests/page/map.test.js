// The map of a sweep: which cell lies where, what is more than chance, what is said, and what is suggested.

import assert from "node:assert/strict";
import { test } from "node:test";

import { claimOf } from "../../static/js/map/claim_words.js";
import { differencesOf, opposite, pooledDeviation } from "../../static/js/map/claims.js";
import { joined, layoutOf, merged, panelsOf, standingOf } from "../../static/js/map/model.js";
import { momentAt, momentWords, placeOf } from "../../static/js/map/moments.js";
import { momentIn } from "../../static/js/map/reading.js";
import { twinsOf, unchangedIn } from "../../static/js/map/unchanged.js";
import { cellSentence, doubtWords, spokenCell, underWords } from "../../static/js/map/words.js";
import { suggestedFor, sweepableOf, valuesIn } from "../../static/js/scenes/map/fields.js";
import { costWords, countWords, impossibleWords } from "../../static/js/scenes/map/making_words.js";
import { moreWords, nextSeeds } from "../../static/js/scenes/map/more_seeds.js";
import { importMap, moduleGraph } from "../../static/js/scenes/map/modules_inside.js";

const AXES = [
  {
    field: "optimizer.learning_rate",
    title: "learning rate",
    values: [0.01, 0.1],
    words: ["lr 0.01", "lr 0.1"],
  },
  {
    field: "layers.0.weight_decay",
    title: "weight decay",
    values: [0, 0.05],
    words: ["decay 0", "decay 0.05"],
  },
];
const seed = (edges, number = 0, rest = {}) => ({
  seed: number,
  run: `run${number}`,
  status: "finished",
  step: 60,
  total_steps: 60,
  edges,
  score: 0.5,
  accuracy: 0.9,
  error: null,
  ...rest,
});
const seedsOf = (...edges) => edges.map((value, number) => seed(value, number));
/** Decay helps where training is slow and harms where it is fast, as measured on dead leaves. */
const CELLS = {
  "0-0": [0.2, 0.25, 0.23],
  "0-1": [0.7, 0.68, 0.69],
  "1-0": [0.83, 0.84, 0.82],
  "1-1": [0.58, 0.6, 0.56],
};
const sweepOf = (cells = CELLS, rest = {}) => ({
  id: "abc",
  name: "Dead leaves: learning rate × weight decay",
  status: "finished",
  axes: AXES,
  seeds: [0, 1, 2],
  runs: 12,
  cell_count: 4,
  counts: { finished: 12 },
  total_steps: 60,
  impossible: [],
  cells: Object.entries(cells).map(([key, edges]) => ({
    at: key.split("-").map(Number),
    values: [],
    seeds: seedsOf(...edges),
  })),
  ...rest,
});
const shownOf = ({ cells }) => new Map(cells.map(({ at, seeds }) => [at.join("-"), seeds]));
const claim = (sweep) => claimOf(sweep, shownOf(sweep), "edges");

test("the first axis goes across, the second down, each value of a third is a small map", () => {
  assert.deepEqual(layoutOf(3), { down: 1, across: 0, third: 2, slice: null });
  assert.deepEqual(layoutOf(3, { down: 0, across: 2, slice: 1 }), { down: 0, across: 2, third: 1, slice: 1 });
  assert.deepEqual(layoutOf(2, { down: 0, slice: 1 }), { down: 0, across: 1, third: null, slice: null });
  assert.deepEqual(layoutOf(2, { down: 7, across: 9 }), layoutOf(2));
  assert.deepEqual(layoutOf(1, { down: 0 }), { down: null, across: 0, third: null, slice: null });
  const third = { field: "x", title: "x", values: [1, 2, 3], words: ["one", "two", "three"] };
  const axes = [...AXES, third];
  const [last, ...more] = panelsOf(axes, layoutOf(3, { slice: 2 }));
  assert.deepEqual([last.words, more], ["three", []]);
  assert.deepEqual(
    last.rows.map((row) => row.map(String)),
    [
      ["0,0,2", "1,0,2"],
      ["0,1,2", "1,1,2"],
    ],
  );
  const all = panelsOf(axes, layoutOf(3));
  assert.deepEqual(all[2], last);
  assert.deepEqual(joined(all)[1].map(String), ["0,1,0", "1,1,0", "0,1,1", "1,1,1", "0,1,2", "1,1,2"]);
  assert.deepEqual(
    panelsOf(AXES, layoutOf(2)).map(({ words }) => words),
    [""],
  );
});

test("the unchanged recipe is found on the map, and a run of each with one seed", () => {
  const base = { optimizer: { learning_rate: 0.1 }, layers: [{ weight_decay: 0 }] };
  const sweep = sweepOf(CELLS, { base });
  assert.deepEqual(unchangedIn(sweep), [1, 0]);
  assert.equal(unchangedIn({ ...sweep, base: { ...base, layers: [{}] } }), null);
  for (const cell of sweep.cells)
    cell.seeds = cell.seeds.map((one) => ({ ...one, run: `${cell.at.join("")}-${one.seed}` }));
  sweep.cells[0].seeds[0].run = null;
  assert.deepEqual(twinsOf(sweep, [0, 0], [1, 0]), ["00-1", "10-1"]);
  sweep.cells[2].seeds.forEach((one) => Object.assign(one, { step: 0 }));
  assert.equal(twinsOf(sweep, [0, 0], [1, 0]), null);
  assert.equal(twinsOf(sweep, [9, 9], [1, 0]), null);
});

test("more seeds are the next ones, and what they take is said", () => {
  assert.deepEqual(nextSeeds([0, 1, 2]), [3, 4, 5]);
  assert.deepEqual(nextSeeds([7]), [8, 9, 10]);
  assert.deepEqual(nextSeeds([1, 2 ** 32 - 1]), [0, 2, 3]);
  assert.equal(
    moreWords({ runs: 45, seconds: 161, size_bytes: 51e6 }),
    "45 runs more: about 3 min and 51 MB.",
  );
});

test("the seeds' spread is pooled over all cells that have one", () => {
  assert.equal(pooledDeviation([[0.5], []]), null);
  assert.ok(Math.abs(pooledDeviation([[1, 3], [5, 5, 5], [9]]) - Math.sqrt(2 / 3)) < 1e-12);
});

test("the largest difference along one axis is found, and where the same setting does the opposite", () => {
  const found = differencesOf(AXES, new Map(Object.entries(CELLS)));
  assert.deepEqual([found[0].axis, found[0].from, found[0].to], [0, [0, 0], [1, 0]]);
  const decay = found.find(({ axis }) => axis === 1);
  assert.deepEqual(
    [decay.from, decay.to],
    [
      [0, 0],
      [0, 1],
    ],
  );
  assert.deepEqual(opposite(decay, found).from, [1, 0]);
});

test("nothing stands out where the seeds scatter as much", () => {
  const loose = {
    "0-0": [0.2, 0.6, 0.4],
    "0-1": [0.5, 0.7, 0.3],
    "1-0": [0.3, 0.5, 0.4],
    "1-1": [0.8, 0.4, 0.6],
  };
  assert.deepEqual(differencesOf(AXES, new Map(Object.entries(loose))), []);
  assert.equal(claim(sweepOf(loose)).title, "No setting stands out.");
});

test("chance alone makes a headline of fewer than one map of same cells in twenty", () => {
  let state = 7;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const chance = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  const axes = AXES.map((axis) => ({ ...axis, values: [0, 1, 2, 3, 4] }));
  const keys = axes[0].values.flatMap((row) => axes[1].values.map((column) => `${row}-${column}`));
  let claimed = 0;
  for (let map = 0; map < 400; map++) {
    const values = new Map(keys.map((key) => [key, [0, 1, 2].map(() => 0.5 + 0.1 * chance())]));
    if (differencesOf(axes, values).length) claimed += 1;
  }
  assert.ok(claimed < 20, String(claimed));
});

test("the headline says what makes the difference, and what it is", () => {
  const { title, under } = claim(sweepOf());
  assert.equal(title, "Learning rate makes the largest difference, at decay 0.");
  assert.equal(
    under,
    "Edges rise from 23 % with lr 0.01 to 83 % with lr 0.1. At decay 0.05 they fall from 69 % with lr 0.01 to 58 % with lr 0.1.",
  );
});

test("nothing is claimed while runs train, nor of fewer than three seeds", () => {
  const training = sweepOf();
  training.status = "running";
  training.counts = { finished: 11, running: 1 };
  training.cells[0].seeds[2].status = "running";
  assert.equal(claim(training).title, "11 of 12 runs are trained.");
  assert.match(claim({ ...training, runs: 1 }).title, / of 1 run is trained\.$/);
  const few = sweepOf(undefined, { seeds: [0, 1] });
  assert.equal(claim(few).title, "With 2 seeds nothing is told from chance.");
  assert.equal(claim(sweepOf(undefined, { seeds: [0] })).title, "With 1 seed nothing is told from chance.");
});

test("diverged runs are counted out and said", () => {
  const seeds = [...seedsOf(0.5, 0.7), seed(0.1, 2, { status: "failed", error: "diverged" })];
  assert.equal(underWords(seeds, "edges"), "1 of 3 diverged");
  assert.equal(
    spokenCell(AXES, [0, 1], seeds, "edges"),
    "lr 0.01, decay 0.05: 60 % edges, 2 seeds from 50 % to 70 %; 1 of 3 diverged",
  );
  assert.equal(standingOf(seeds), "done");
  assert.equal(standingOf(undefined), "impossible");
  assert.equal(standingOf([seed(null, 0, { status: "queued", step: 0 })]), "waiting");
});

test("edges without right answers are called so", () => {
  const seeds = seedsOf(0.77).map((one) => ({ ...one, accuracy: 0.45 }));
  assert.equal(
    cellSentence(seeds, 0.87),
    "77 % edges or lines, yet only 45 % right answers. Edges alone do not name a picture.",
  );
  assert.equal(cellSentence(seedsOf(0.77), 0.9), "77 % edges or lines, 90 % right answers.");
  assert.match(
    doubtWords(sweepOf(), 16),
    /^3 seeds of 16 filters: one filter more or less is 2.1 % of a cell/,
  );
});

test("the scrubber speaks of steps where all runs have as many, else of shares", () => {
  assert.equal(momentAt(1, 600), null);
  assert.equal(momentAt(0, 600), 0);
  assert.equal(placeOf({ total: 600, moment: 600 }), 1);
  assert.equal(momentAt(0.5, null), 0.5);
  assert.equal(momentWords({ total: null, moment: 0.25 }), "at 25 % of its length");
  assert.equal(momentWords({ total: 600, moment: null }), "at step 600");
  assert.equal(momentIn({ moment: "30" }, sweepOf()), 30);
  for (const moment of [undefined, "60", "9999999", "-1", "x", "<b>"])
    assert.equal(momentIn({ moment }, sweepOf()), null);
});

test("what changed since is laid into what is known", () => {
  const known = sweepOf();
  const changed = { ...known, whole: false, cells: [{ ...known.cells[1], seeds: seedsOf(0.1, 0.1, 0.1) }] };
  const now = merged(known, changed);
  assert.equal(now.cells.length, 4);
  assert.equal(now.cells[1].seeds[0].edges, 0.1);
  assert.equal(merged(null, { ...known, whole: true }).cells, known.cells);
});

test("values are suggested around the one there is, and never what can't be", () => {
  const rate = { name: "learning_rate", kind: "number", minimum: 0, maximum: 1000 };
  assert.deepEqual(suggestedFor(rate, 0.05), [0.005, 0.02, 0.05, 0.2]);
  const size = { name: "kernel_size", kind: "integer", minimum: 1, maximum: 11, quick: [3, 5, 7, 9, 11] };
  assert.deepEqual(suggestedFor(size, 9), [7, 9, 11]);
  assert.deepEqual(
    suggestedFor({ name: "momentum", kind: "number", minimum: 0, below: 1 }, 0.9),
    [0, 0.5, 0.9],
  );
  assert.deepEqual(valuesIn(" 0.01, 3;relu\ttrue "), [0.01, 3, "relu", true]);
});

test("neither pictures nor seeds are offered, for the cells share them", () => {
  const layers = [{ type: "conv2d", filters: 16, kernel_size: 9 }];
  const recipe = {
    optimizer: { type: "sgd", learning_rate: 0.05 },
    layers,
    steps: 60,
    dataset: "mnist",
    seed: 0,
  };
  const fields = sweepableOf(recipe).map(({ field }) => field);
  assert.ok(fields.includes("optimizer.learning_rate") && fields.includes("layers.0.weight_decay"));
  assert.ok(fields.includes("steps") && !fields.includes("epochs"));
  assert.ok(!fields.includes("dataset") && !fields.includes("seed"));
});

test("a preview says runs, time, room and what can't be", () => {
  const preview = {
    ...{ runs: 27, cell_count: 9, seeds: [0, 1, 2], axes: AXES, seconds: 161, size_bytes: 12e6 },
    ...{ free_bytes: 9e10, has_room: true, cluster_threads: null },
    impossible: [{ at: [0, 1], values: [], message: "9×9 doesn't fit" }],
  };
  assert.equal(countWords(preview), "27 runs: 9 cells with 3 seeds each.");
  assert.equal(costWords(preview), "About 3 min on this machine, 12 MB on disk, of 90.0 GB free.");
  const there = (threads) => costWords({ ...preview, cluster_threads: threads }).split(",")[0];
  assert.equal(there(8), "About 3 min on the cluster’s 8 threads");
  assert.equal(there(0), "About 3 min on one thread of the cluster");
  assert.deepEqual(impossibleWords(preview), ["lr 0.01, decay 0.05: 9×9 doesn't fit"]);
});

test("the modules of a page come along by bare names, each once", async () => {
  const files = {
    "/js/a.js": '// A.\nimport { b } from "./b/b.js";\nimport { c } from "./c.js";\n',
    "/js/b/b.js": 'export { c as b } from "../c.js";\n',
    "/js/c.js": "/** One. */\nexport const c = 1;\n",
  };
  const read = async ({ pathname }) => files[pathname];
  const graph = await moduleGraph(new URL("file:///js/"), "a.js", read);
  assert.deepEqual([...graph.keys()].sort(), ["a.js", "b/b.js", "c.js"]);
  assert.match(graph.get("b/b.js"), /from "filterscope\/c.js"/);
  const { imports } = JSON.parse(importMap(graph));
  assert.equal(atob(imports["filterscope/c.js"].split(",")[1]).trim(), "export const c = 1;");
});
