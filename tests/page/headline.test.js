// The headline and the line under it, in each situation of a run.

import assert from "node:assert/strict";
import { test } from "node:test";

import { headline, under } from "../../static/js/words/headline.js";
import { STORY, heard, pageAfter, queued } from "./story.js";

const ended = heard(STORY);
const running = ended.slice(0, -1);
const next = (kind, data) => ({ type: "event", run: "r", at: 0, kind, seq: STORY.length + 1, data });
const lost = { type: "connection_changed", connection: { status: "lost", retryAt: 5000, lostAt: 0 } };

test("while it trains filters see now; once the line is lost they saw", () => {
  assert.equal(headline(pageAfter(running)), "3 of 4 filters now see edges or lines.");
  const page = pageAfter([...running, lost]);
  assert.equal(headline(page), "3 of 4 filters saw edges or lines.");
  const told = under(page, 2500);
  assert.deepEqual([told.tone, told.text], ["warn", "Training goes on. Trying again in 3 s."]);
  assert.deepEqual(told.action, { words: "Try now", command: "reconnect" });
});

test("a run that can't be read to its end says so, and what helps", () => {
  const damaged = { type: "connection_changed", connection: { status: "damaged" } };
  const told = under(pageAfter([...running, damaged]));
  assert.equal(told.tone, "danger");
  assert.match(told.lead, /Damaged on the disk after step \d+/);
  assert.match(told.text, /salvage/);
  assert.equal(told.action, undefined);
});

test("before its first step a run says that its filters are random", () => {
  const page = pageAfter(running.slice(0, 2));
  assert.equal(headline(page), "Four filters, still random noise.");
  assert.match(under(page).text, /drawn at random/);
});

test("whoever looks back is told so, with the way to what is live", () => {
  const back = pageAfter([...running, { type: "looked_at", step: 2 }]);
  const told = under(back);
  assert.equal(told.lead, "You are looking at step 2.");
  assert.equal(told.text, "Training goes on at step 10.");
  assert.equal(told.action.command, "lookLive");
  const past = under(pageAfter([...ended, { type: "looked_at", step: 2 }]));
  assert.deepEqual(past.action, { words: "Back to the end", command: "lookLive" });
});

test("a run that broke says where and why", () => {
  const why = { code: "diverged", message: "The loss is no number.", advice: "Try a smaller rate." };
  const page = pageAfter([...running, next("run_failed", { step: 10, ...why })]);
  assert.equal(headline(page), "Everything up to step 10 is kept.");
  const { tone, lead, text } = under(page);
  assert.deepEqual([tone, lead, text], ["danger", "The run broke at step 10.", why.message]);
});

test("a run that waits for room on the disk says that nothing is lost", () => {
  const page = pageAfter([...running, next("status_changed", { status: "paused", cause: "disk_full" })]);
  assert.equal(under(page).lead, "The disk is full.");
});

test("a run that stands still says so, and that Stop ends it", () => {
  const still = next("status_changed", { status: "stalled" });
  const told = under(pageAfter([...running, still]));
  assert.deepEqual([told.tone, told.lead], ["warn", "Training stands still at step 10."]);
  assert.match(told.text, /goes on by itself if it can; Stop ends it/);
  const on = { ...next("status_changed", { status: "running", cause: "stalled" }), seq: STORY.length + 2 };
  assert.match(under(pageAfter([...running, still, on])).text, /the network corrected them/);
});

test("an interrupted run says that it can go on", () => {
  const page = pageAfter([...running, next("status_changed", { status: "interrupted" })]);
  assert.equal(under(page).lead, "Interrupted at step 10.");
});

test("a spoilt run says that no edges should appear", () => {
  const events = ended.slice(1, 2);
  const told = (recipe) => under(pageAfter(events, { ...queued(), status: "running", recipe })).text;
  assert.match(told({ pixels: "shuffled" }), /pixels were shuffled.*No edges should appear/);
  assert.match(told({ labels: "random" }), /labels are random.*No edges should appear/);
});
