// Going on: what the page says of it, what it refuses, and what a run is that does.

import assert from "node:assert/strict";
import { test } from "node:test";

import { reduce } from "../../static/js/state/reduce.js";
import { hasEnded } from "../../static/js/state/selectors.js";
import { beginsAtStart } from "../../static/js/state/watched.js";
import { headline, under } from "../../static/js/words/headline.js";
import {
  aboutGoingOn,
  anewWords,
  originOf,
  rateGoingOn,
  recomputedWords,
  refusedLength,
  suggestedSteps,
  trainingOnWords,
  withoutWords,
} from "../../static/js/words/going_on.js";
import { computedWords, hostWords } from "../../static/js/words/known.js";
import { STORY, heard, pageAfter, queued } from "./story.js";

const ended = pageAfter(heard(STORY));
const { run } = ended;
const event = (kind, data, seq = 99) => ({ type: "event", run: "r", at: 0, kind, seq, data });
const linear = { ...run, recipe: { ...run.recipe, optimizer: { schedule: "linear" } } };
const constant = { ...run, recipe: { ...run.recipe, optimizer: { schedule: "constant" } } };

test("twice as far is suggested, and no further than a run can go", () => {
  assert.equal(suggestedSteps({ step: 400 }), 800);
  assert.equal(suggestedSteps({ step: 700_000 }), 1_000_000);
});

test("it is said what begins, and what the learning rate does", () => {
  assert.match(aboutGoingOn({ ...run, status: "finished", step: 400 }), /A new run begins .* at step 400/);
  assert.match(aboutGoingOn({ ...run, status: "paused", step: 1400 }), /gets longer: .* step 1,400/);
  assert.match(rateGoingOn(constant, 800), /goes on as a run of 800 steps would have/);
  assert.match(rateGoingOn(linear, 1800), /falls over all 1,800 steps .* isn’t to the byte/);
});

for (const [status, total, expected] of [
  ["finished", 400, /step 400 already/],
  ["finished", 401, /^$/],
  ["paused", 1000, /step 1,000 already/],
  ["finished", NaN, /whole number/],
  ["finished", 500.5, /whole number/],
  ["finished", 1_000_001, /1,000,000 at most|at most/],
])
  test(`a ${status} run at step 400 of 1,000 asked for ${total} says ${expected}`, () =>
    assert.match(refusedLength({ ...run, status, step: 400, total_steps: 1000 }, total), expected));

test("a run that goes on says from where, and doesn’t begin with an untrained network", () => {
  const continues = { run: "before", step: 1400 };
  const state = pageAfter([], { ...queued(), source: "own", continues });
  assert.equal(originOf(state.run), "The first 1,400 steps are of");
  const anew = {
    ...state.run,
    continues: { ...continues, weights_only: true },
    recipe: { without: { conv1: [15] } },
  };
  assert.equal(originOf(anew), "Begins with the weights at step 1,400 of");
  assert.equal(withoutWords({ ...anew, layers: ["conv1"] }), ", filter 16 held at 0 from there on");
  assert.equal(
    withoutWords({ recipe: { without: { conv2: [0, 4] } }, layers: ["conv1"] }),
    "Held at 0: filters 1 and 5 of conv2",
  );
  assert.match(
    trainingOnWords({ ...run, total_steps: 400 }, 400, [15]),
    /weights at step 400 and goes to step 800, filter 16 held/,
  );
  assert.match(
    trainingOnWords({ ...run, total_steps: 400 }, 60, [1, 2]),
    /step 60 and goes to step 400, filters 2 and 3 held/,
  );
  assert.equal(
    anewWords({ ...anew, layers: ["conv1"] }),
    "From step 0 on, not from step 1,400 as this run; filter 16 held at 0 all the way",
  );
  assert.equal(anewWords({ ...run, continues }), "From step 0 on, not from step 1,400 as this run");
  assert.equal(anewWords(run), "");
  assert.equal(originOf(run), "");
  assert.equal(beginsAtStart(state.run), false);
  assert.equal(beginsAtStart({ ...run, source: "own" }), true);
});

test("a run of a cluster says on which machine it was trained, and waits in its sweep", () => {
  assert.equal(hostWords(run), "");
  const words = hostWords({ ...run, numerics: { host: "node 7" } });
  assert.equal(words, "Trained on node 7, a machine of the cluster.");
  const waiting = pageAfter([], { ...queued(), sweep: "s" });
  assert.equal(headline(waiting), "Waiting for its turn in its sweep.");
});

test("it is told what computed a run, its kernels too", () => {
  assert.equal(computedWords(run), "");
  const numerics = { version: "1", numpy: "2.4", blas: "openblas 0.3", kernel: "Zen", cpu: "a Zen" };
  const told = (more) => computedWords({ ...run, numerics: { ...numerics, ...more } });
  assert.equal(
    told({ kernels: "avx2, compiled by GCC 12" }),
    "computed by Filterscope 1, NumPy 2.4, openblas 0.3 (Zen), kernels avx2, compiled by GCC 12; on a Zen",
  );
  assert.match(told({ kernels: "numpy", host: "node 7" }), /, no compiled kernels; on node 7: a Zen$/);
});

test("a run that was made longer has its new end", () =>
  assert.equal(reduce(ended, event("length_changed", { step: 1, total_steps: 7000 })).run.total_steps, 7000));

test("that something else computes is kept when the run is asked for anew", () => {
  const now = { kernel: "Haswell" };
  const changes = ["matrix kernel: SkylakeX before, Haswell now"];
  const told = reduce(ended, event("numerics_changed", { step: 1200, changes, now }));
  const again = reduce(told, { type: "run_refreshed", run: { ...run, last_seq: 100 } });
  assert.match(recomputedWords(again.run), /From step 1,200 on .*\(matrix kernel: SkylakeX before/);
  assert.equal(recomputedWords(run), "");
});

test("before an interrupted run goes on, it is said that digits may differ", () => {
  const stopped = reduce(ended, event("status_changed", { step: 1, status: "interrupted" }));
  assert.match(under(stopped).text, /it can go on from there/);
  const told = reduce(stopped, { type: "numerics_told", run: "r", changes: ["NumPy: 2.3 before, 2.4 now"] });
  assert.match(under(told).text, /may compute the last digits differently \(NumPy: 2.3 before, 2.4 now\)/);
  assert.equal(hasEnded(told), false);
  assert.equal(hasEnded(ended), true);
});
