// Questions to a class: what is said of votes, and of what the run told.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  howToAnswer,
  middleWords,
  optionsOf,
  rightWords,
  stillAnswering,
  truthWords,
} from "../../static/js/words/polls.js";

const COUNT = { kind: "count", topic: "oriented_count", most: 4, choices: [], state: "open" };
const told = (poll, tally, truth) => ({ ...poll, state: "revealed", result: { tally, truth } });

test("half of the votes are said from the largest down", () => {
  assert.equal(middleWords(COUNT, [1, 0, 2, 0, 1], "them"), "Half of them say 2 or more.");
  assert.equal(middleWords(COUNT, [5, 0, 0, 0, 1], "them"), "");
  assert.equal(middleWords({ ...COUNT, kind: "choice" }, [1, 3], "them"), "");
});

test("who was right, and who nearly", () => {
  const { bold, rest } = rightWords(told(COUNT, [0, 1, 2, 1, 2], [3]));
  assert.equal(bold + rest, "1 of 6 said 3; 4 more missed by one. Half of you said 3 or more.");
  assert.equal(rightWords(told(COUNT, [0, 0, 0, 0, 0], [3])).rest, "Nobody has answered.");
  const filter = { ...COUNT, kind: "filter", most: 2 };
  assert.equal(rightWords(told(filter, [1, 0, 1], [0, 2])).rest, " said 1 or 3.");
  assert.equal(truthWords(told(filter, [1, 0, 1], [0, 2])), "it was 1 or 3");
});

test("filters are counted from 1, numbers from 0", () => {
  assert.deepEqual(optionsOf({ ...COUNT, kind: "filter", most: 2 }), ["1", "2", "3"]);
  assert.deepEqual(optionsOf({ ...COUNT, most: 2 }), ["0", "1", "2"]);
  assert.equal(howToAnswer({ ...COUNT, kind: "filter", most: 2 }), "Say a filter, 1 to 3.");
});

test("who still answers is counted among those who follow", () => {
  assert.equal(stillAnswering({ ...COUNT, answered: 172 }, 178), "6 are still answering");
  assert.equal(stillAnswering({ ...COUNT, answered: 3 }, 4), "1 is still answering");
  assert.equal(stillAnswering({ ...COUNT, answered: 3 }, 2), "All have answered.");
  assert.equal(stillAnswering({ ...COUNT, answered: 0 }, 0), "Nobody follows yet.");
});
