// The glossary: every “?” leads to a word there is, and a word is found by its name before its text.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { HINTS } from "../../static/js/words/filters.js";
import { TERMS, found, titleOf } from "../../static/js/words/glossary.js";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const { sections } = JSON.parse(read("static/glossary.json"));
const entries = sections.flatMap((section) => section.entries);
const ids = new Set(entries.map(({ id }) => id));
const titles = (some) => some.flatMap((section) => section.entries.map(titleOf));

test("every explanation leads to a word, and so does each that a scene writes itself", () => {
  const own = [...read("templates/scenes/_filter.html").matchAll(/", "([a-z-]+)"\) }}/g)].map(([, id]) => id);
  assert.ok(own.length >= 7);
  for (const term of [...Object.values(TERMS), ...own]) assert.ok(ids.has(term), term);
  for (const hint of Object.keys(TERMS)) assert.ok(hint in HINTS, hint);
});

test("it has the words of the question, each once", () => {
  assert.equal(ids.size, entries.length);
  const wanted = [
    "kernel",
    "filter",
    "channel",
    "feature-map",
    "stride",
    "padding",
    "epoch",
    "step",
    "batch",
  ];
  wanted.push("loss", "bias", "parameter", "activation", "receptive-field", "learning-rate", "optimiser");
  wanted.push("frozen", "bank", "noise", "edge");
  for (const word of wanted) assert.ok(ids.has(word), word);
  for (const { text, id } of entries) assert.doesNotMatch(text, /\*\*|`|\]\(/, id);
});

test("a word is found by its names, else by what is said of it, else not at all", () => {
  assert.deepEqual(titles(found(sections, " KERNEL ")), ["Kernel"]);
  assert.deepEqual(titles(found(sections, "relu")), ["Activation"]);
  assert.ok(titles(found(sections, "permutation")).includes("Control"));
  assert.deepEqual(found(sections, "nothing like it"), []);
  assert.equal(found(sections, "").flatMap((section) => section.entries).length, entries.length);
});
