// What the light page says, to whom nobody explains it; how often it asks.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { NOTHING, namedAs, padNote } from "../../static/js/class/pad_words.js";
import { answerOf, buttonWords, standing, waiting } from "../../static/js/class/poll_words.js";
import { TurnTaking } from "../../static/js/class/turns.js";
import { doing, headline, lineWords, nameOf, spoken, under } from "../../static/js/class/words.js";

const run = {
  id: "r",
  name: "Leaves",
  status: "running",
  step: 640,
  total_steps: 2000,
  unit: "step",
  layers: ["conv1"],
};
const snapshot = {
  step: 640,
  layer: "conv1",
  kind: "conv2d",
  filters: 3,
  label: ["edge", "line", "noise"],
  orientation_degrees: [87.4, 180, 0],
  kernel: { dtype: "f4", shape: "1, 1, 1, 3", bdata: "" },
};
const place = { run: "r", step: null, layer: null, filter: null, view: "live", details: {} };
const shown = { place, run, snapshot };

test("the headline says what the filters are, or why there are none", () => {
  assert.equal(headline(shown), "2 of 3 filters see edges or lines.");
  assert.equal(
    headline({ ...shown, snapshot: { ...snapshot, label: ["edge"] } }),
    "1 of 1 filters sees edges or lines.",
  );
  assert.equal(headline({ ...shown, snapshot: { ...snapshot, label: undefined } }), "3 filters of conv1.");
  assert.match(headline({ ...shown, snapshot: { ...snapshot, broken: true } }), /no numbers/);
  assert.match(headline({ ...shown, snapshot: null }), /ready/);
  assert.match(headline({ ...shown, run: null, snapshot: null }), /deleted/);
  assert.match(headline({ place: null, run: null, snapshot: null }), /Nothing is shown/);
});

test("under it stands of which run it is and how far that was", () => {
  assert.equal(under(shown), "Leaves, step 640 of 2,000, running");
  assert.equal(
    under({ ...shown, run: { ...run, status: "finished", total_steps: null } }),
    "Leaves, step 640",
  );
});

test("it says what the teacher does, in every view, and whether somebody leads", () => {
  const says = (change, wasLed = true) => doing({ ...shown, place: { ...place, ...change } }, wasLed);
  assert.match(says({}), /all filters while they learn/);
  assert.match(doing({ ...shown, run: { ...run, status: "finished" } }, true), /as they ended/);
  assert.equal(says({ step: 60 }), "The teacher looks at step 60.");
  assert.equal(says({ filter: 0 }), "The teacher points at filter 1, edge at 87°.");
  assert.equal(says({ filter: 2, view: "filter" }), "The teacher looks closely at filter 3, noise.");
  assert.match(says({ view: "twins" }), /two trainings side by side; here are its filters/);
  assert.match(says({ view: "of tomorrow" }), /another view/);
  assert.match(says({ run: null }), /no experiment open/);
  assert.match(doing({ ...shown, place: null }, false), /Nobody leads yet/);
  assert.match(doing({ ...shown, place: null }, true), /has stopped leading/);
  assert.equal(nameOf(1, snapshot), "filter 2, line at 0°");
  assert.equal(nameOf(7, null), "filter 8");
});

test("who doesn't see the tiles is told what they are and how many came", () => {
  assert.equal(spoken(snapshot, 3), "3 filters of conv1: 1 edge, 1 line, 1 noise");
  assert.match(spoken({ ...snapshot, filters: 512 }, 40), /^the first 40 of 512 filters/);
});

test("a line that is lost, found again or held back is said", () => {
  assert.equal(lineWords("open", false), "");
  assert.match(lineWords("lost", false), /lost; trying again/);
  assert.match(lineWords("open", true), /Connected again/);
  assert.match(lineWords("held", false), /every two seconds/);
});

const poll = {
  id: "p",
  kind: "count",
  question: "How many?",
  state: "open",
  most: 16,
  choices: [],
  answered: 2,
  result: null,
};
const result = { tally: [0, 1, 2], truth: [2], step: 400, is_final: true, sentence: "2 do." };

test("an answer can be changed until the reveal, and then stands beside what was right", () => {
  assert.equal(buttonWords(poll, null, 11), "Answer 11");
  assert.equal(buttonWords(poll, 11, 11), "Answered: 11");
  assert.equal(buttonWords(poll, 11, 12), "Change to 12");
  assert.equal(buttonWords({ ...poll, kind: "filter" }, null, 0), "Answer filter 1");
  assert.equal(answerOf({ ...poll, kind: "choice", choices: ["Some", "Most"] }, 1), "“Most”");
  assert.equal(standing(poll, null), "You can change it until the reveal. No name is kept.");
  assert.match(standing(poll, 11), /^Your answer is 11\. You can change it/);
  assert.match(standing({ ...poll, state: "closed" }, null), /too late/);
  assert.match(standing({ ...poll, state: "closed" }, 3), /^Your answer is 3\. No more answers/);
  const revealed = { ...poll, state: "revealed", result };
  assert.equal(standing(revealed, 1), "You said 1; it was 2. 2 of 3 said so.");
  assert.equal(standing(revealed, 2), "You said 2, and it was. 2 of 3 said so.");
  assert.match(standing(revealed, null), /^You gave no answer; it was 2\./);
  const tied = { ...revealed, kind: "filter", result: { ...result, truth: [0, 2], is_final: false } };
  assert.match(standing(tied, 1), /^You said filter 2; so far it is filter 1 or filter 3\./);
  assert.match(waiting(1), /in a second/);
  assert.match(waiting(2.4), /in 3 seconds/);
});

test("a drawing is told what the network says, or why it waits", () => {
  const drawings = {
    id: "d",
    is_open: true,
    run: "r",
    step: 1,
    shape: [28, 28, 1],
    class_names: ["A", "B"],
    count: 0,
  };
  const says = (told) => namedAs({ kind: "taken", told }, drawings);
  assert.equal(says({ probabilities: [0.25, 0.75], reason: null }), "The network says B, 75 %.");
  assert.equal(
    says({ probabilities: null, reason: "Its weights weren't kept." }),
    "Its weights weren't kept.",
  );
  assert.match(namedAs({ kind: "wait", seconds: 2, message: "" }, drawings), /asked again in 2 seconds/);
  assert.match(namedAs({ kind: "lost" }, drawings), /lost/);
  assert.match(
    padNote({ kind: "taken", told: { name: "3", class_index: 3, probability: 0.97 } }),
    /as 3, 97 %/,
  );
  assert.match(padNote({ kind: "wait", seconds: 1, message: "" }), /sent again in a second/);
  assert.equal(padNote({ kind: "refused", code: "x", message: "No more." }), "No more.");
  assert.match(NOTHING, /arrow keys/);
});

test("however fast one draws, it is asked five times a second at most, and of the newest at the end", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let drawn = 0;
  const asked = [];
  const turns = new TurnTaking(async () => {
    asked.push(drawn);
    return 0;
  }, 200);
  for (let moment = 0; moment < 100; moment++) {
    drawn += 1;
    turns.want();
    mock.timers.tick(10);
    for (let turn = 0; turn < 6; turn++) await Promise.resolve();
  }
  assert.ok(asked.length <= 6 && asked.length >= 4, String(asked.length));
  mock.timers.tick(200);
  for (let turn = 0; turn < 6; turn++) await Promise.resolve();
  assert.equal(asked.at(-1), 100);
  mock.timers.reset();
});

test("what the server has no room for is asked again after as long as it says", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const answers = [3, 0];
  let asked = 0;
  new TurnTaking(async () => answers[asked++] ?? 0, 200).want();
  const pass = async (milliseconds) => {
    mock.timers.tick(milliseconds);
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
  };
  await pass(0);
  await pass(200);
  await pass(2900);
  assert.equal(asked, 1);
  await pass(200);
  assert.equal(asked, 2);
  mock.timers.reset();
});
