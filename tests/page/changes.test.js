// What follows from the same values is not drawn again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Changes } from "../../static/js/views/changes.js";

test("a change is found once, and again when it is forgotten", () => {
  const changes = new Changes();
  const frame = {};
  assert.equal(changes.found(frame, 1), true);
  assert.equal(changes.found(frame, 1), false);
  assert.equal(changes.found({}, 1), true, "an equal object is another one");
  assert.equal(changes.found(frame, 2), true);
  changes.forget();
  assert.equal(changes.found(frame, 2), true);
});
