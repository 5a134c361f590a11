// The link in the address bar holds all that one looks at, and gives it back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { linkTo, readPlace } from "../../static/js/net/address.js";

const read = (address) => readPlace(new URL(address, "file:///"));

for (const [query, tour, follow] of [
  ["?tour=3", 3, false],
  ["?tour=3&view=filter&step=60&follow=1", 3, true],
  ["?tour=x", null, false],
  ["", null, false],
  ["?follow=yes", null, false],
])
  test(`the address holds the step of “${query}” and gives it back`, () => {
    const place = read(`/runs/b${query}`);
    assert.deepEqual([place.tour, place.follow], [tour, follow]);
    assert.deepEqual(read(linkTo(place)), place);
  });

test("a place with everything in it comes back from its link", () => {
  const place = {
    run: "a/b ü",
    step: 60,
    layer: "conv2",
    filter: 0,
    mode: "difference",
    scale: "own",
    scene: "microscope",
    tour: 4,
    follow: true,
    details: { picture: "7", drawing: "0a~" },
  };
  assert.deepEqual(read(linkTo(place)), place);
});

test("a number that is none is left out, and filters count from 1 in links", () => {
  assert.equal(read("/runs/b?step=-3").step, null);
  assert.equal(read("/?step=1e3").step, null);
  assert.equal(read("/?filter=0").filter, null);
  assert.equal(read("/?filter=1").filter, 0);
  assert.equal(read("/").run, null);
});
