// What a button of “Take it with you” asks for.

import assert from "node:assert/strict";
import { test } from "node:test";

import { decimalOf } from "../../static/js/export/choosing.js";
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

test("a table is asked for with commas, and pictures without paper, where it is chosen so", () => {
  const begun = { ...state, run: {}, deep: null, frames: [{ step: 8 }], view: { ...state.view, step: null } };
  const chosen = { decimal: "comma", background: "transparent" };
  const asked = (query) => String(queryOf(query, begun, null, chosen));
  assert.equal(asked("format=csv&table=curves"), "format=csv&table=curves&decimal=comma");
  assert.match(asked("format=png&still=1"), /background=transparent/);
  assert.match(asked("format=svg&view=loss"), /background=transparent/);
  assert.doesNotMatch(asked("format=png"), /background/, "a film keeps its paper");
  assert.doesNotMatch(asked("format=npz"), /decimal|background/);
});

test("the sign before decimals is that of the browser's language", () => {
  assert.deepEqual(["en-GB", "de", "fr", "de-CH", "ja", "C"].map(decimalOf), [
    ...["point", "comma", "comma", "point", "point", "point"],
  ]);
});
