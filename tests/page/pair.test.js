// Two runs side by side part after the last snapshot at which they look alike.

import assert from "node:assert/strict";
import { test } from "node:test";

import { partingOf } from "../../static/js/state/pair.js";

const QUIET = [0, 0, 0, 0];

/** Films of one filter of two weights, with these cosines to (1, 0). */
const film = (cosines, counts) =>
  cosines.map((cosine, step) => ({
    step,
    kernel: { shape: [1, 2, 1, 1], weights: Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2)) },
    verdicts: { counts: { edge: counts[step] } },
  }));

for (const [cosines, counts, parting] of [
  [[1, 1, 0.97, 0.96], QUIET, { kind: "alike", step: 3 }],
  [[1, 0.99, 0.9, 0.2], QUIET, { kind: "parted", step: 1 }],
  [[1, 0.2, 0.99, 0.99], QUIET, { kind: "parted", step: 0 }],
  [[1, 1, 1, 1], [0, 0, 0, 1], { kind: "parted", step: 2 }],
  [[0.5, 0.5, 0.5, 0.5], QUIET, { kind: "unlike" }],
])
  test(`cosines ${cosines} with ${counts} edges are ${parting.kind}`, () => {
    const frames = film([1, 1, 1, 1], QUIET);
    assert.deepEqual(partingOf({ frames, twin: { frames: film(cosines, counts) } }), parting);
  });
