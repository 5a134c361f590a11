// What a button of “Take it with you” asks for.

import assert from "node:assert/strict";
import { test } from "node:test";

import { nearestOf, queryOf } from "../../static/js/export/query.js";

const state = { view: { scale: "own", layer: null }, frames: [], run: null };

test("a network is asked for at the step that it is on record whole of, and in no scale", () => {
  assert.equal(String(queryOf("format=keras", state, 40)), "format=keras&step=40");
  assert.equal(String(queryOf("format=onnx", state)), "format=onnx&step=latest");
});

test("of steps that are on record whole the nearest is taken, the later of two, unsaid the last", () => {
  assert.deepEqual(
    [0, 14, 15, 16, 99, Infinity].map((looked) => nearestOf([0, 10, 20], looked)),
    [0, 10, 20, 20, 20, 20],
  );
});
